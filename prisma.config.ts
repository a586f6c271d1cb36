import { defineConfig } from 'prisma/config';

// `prisma generate` only checks that a schema engine exists before it would download one; it never runs it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
