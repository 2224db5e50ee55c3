/** An entry as it waits on this device: what is asked of the server, and enough to show and edit it. */
import type { FunctionArgs } from "convex/server";
import type { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import type { LogEntry } from "./logEntry";

export interface GoalToLog {
  _id: Id<"goals">;
  description: string;
  measurement: GoalMeasurement;
  instructions?: string | undefined;
  materials?: string | undefined;
}

type Point = Omit<FunctionArgs<typeof api.progress.logPoint>, "clientMutationId">;
type Marked = Omit<FunctionArgs<typeof api.marks.logMark>, "clientMutationId">;
export type EntryRequest = ({ kind: "point" } & Point) | ({ kind: "mark" } & Marked);

export interface EntryPayload {
  request: EntryRequest;
  goal: GoalToLog;
  /** The student's name. */
  title: string;
  /** What was observed, in words. */
  value: string;
  recordedDate: string;
  entry: LogEntry;
}
