/** The server's own write operations, by name: each room brings its own. They run in the writer, each in a savepoint. */
import { actionOperations } from "../runtime/actionOperations.ts";
import { activationOperations } from "./activationOperations.ts";
import { importOperations } from "../deploy/snapshot/importOperations.ts";
import { schedulerOperations } from "../scheduler/operations.ts";
import { storageOperations } from "../storage/operations.ts";
import type { WriteBatch } from "../store/writeTransaction.ts";

type Operation = (tx: WriteBatch, input: never) => unknown;

const operations = new Map<string, Operation>(
  Object.entries({
    ...schedulerOperations,
    ...storageOperations,
    ...actionOperations,
    ...activationOperations,
    ...importOperations,
  }),
);

/** @throws when there is no such operation, or whatever it throws */
export function runOperation(tx: WriteBatch, name: string, input: unknown): unknown {
  const operation = operations.get(name);
  if (operation === undefined) throw new Error(`Unknown operation ${name}.`);
  return operation(tx, input as never);
}
