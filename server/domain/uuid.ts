const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text is a UUID as the database writes it; others must not reach it. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Where keyset pages over UUIDs begin: every other UUID comes after it. */
export const LOWEST_UUID = '00000000-0000-0000-0000-000000000000';
