import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';

import { PrismaClient } from '../../prisma/generated/client/client.ts';
import { connectStore, openStore, type Store, type StoreOptions } from './store.ts';

/** A store with Prisma over the same connections. Most commands do without: Prisma takes long to load. */
export interface Database extends Store {
  readonly prisma: PrismaClient;
}

export const openDatabase = async (options: StoreOptions): Promise<Database> => withPrisma(await openStore(options));

export const connect = async (address: pg.PoolConfig, engine: Store['engine']): Promise<Database> =>
  withPrisma(await connectStore(address, engine));

export function withPrisma(store: Store): Database {
  const prisma = new PrismaClient({ adapter: new PrismaPg(store.pool) });
  const close = async (guestsMs?: number) => {
    await prisma.$disconnect();
    await store.close(guestsMs);
  };
  return { ...store, prisma, close };
}
