import { workerData } from "node:worker_threads";
import { openSqlite } from "../core/sqlite";
import { CHECKPOINT, type CheckpointData } from "./checkpoints";

// Made by Checkpoints, which is ours.
const { path, state } = workerData as CheckpointData;
try {
  const database = openSqlite(path);
  try {
    // Waits for nobody and keeps nobody waiting: what others still read or write stays in the log.
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  } finally {
    database.close();
  }
} finally {
  Atomics.store(state, 0, CHECKPOINT.idle);
  Atomics.notify(state, 0);
}
