/** What a key may do. `customers:pii` opens names, e-mail addresses and raw import rows; without it names and addresses are null. */
export const SCOPES = [
  'customers:read',
  'customers:pii',
  'orders:read',
  'products:read',
  'analytics:read',
  'analyses:write',
  'recommendations:read',
  'placements:write',
  'feedback:write',
  'campaigns:read',
  'campaigns:write',
  'exposures:write',
  'imports:read',
  'imports:write',
  'settings:write',
  'keys:read',
  'keys:write',
] as const;

export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);

/** The scopes that a key in a web page may have: reading, but no personal data. */
export const isReadScope = (scope: Scope): boolean => scope.endsWith(':read');
