import { parentPort, workerData } from "node:worker_threads";
import { searchFiles } from "./search";
import type { SearchData, SearchMessage } from "./search-in-thread";

// Made by searchInThread, which is ours.
const { root, query } = workerData as SearchData;
const tell = (message: SearchMessage): void => parentPort?.postMessage(message);
const summary = await searchFiles(root, query, (matches) => tell({ matches }));
tell({ summary });
