import { WorkbenchError } from "../../shared/model/error";

/** The `WorkbenchError` with which an act fails. Throws when it succeeds, and passes other errors on. */
export async function failure(act: Promise<unknown>): Promise<WorkbenchError> {
  try {
    await act;
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
    throw error;
  }
  throw new Error("It succeeded.");
}
