import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionId, SessionId } from "../../shared/model/ids";

/** Events of an execution on their way to the page. */
export interface EventBatch {
  readonly sessionId: SessionId;
  readonly executionId: ExecutionId;
  readonly events: readonly ExecutionEvent[];
}

/** Length of a round; a person sees what comes ten times a second as flowing. */
export const ROUND_MS = 100;
/** Events per round that all go to the page: more than anybody reads. */
export const MAX_PER_ROUND = 1000;
/** Newest events of a round that had more. */
export const KEPT_OF_FLOOD = 100;
/** Lines of code whose last event of a flood's round goes to the page too, for the results beside them. */
const MAX_PLACES = 200;

interface Round {
  /** Events that went to the page in this round. */
  sent: number;
  isFlooded: boolean;
  held: ExecutionEvent[];
  /** Of the events that were dropped, the last of each line of code. */
  readonly lastOfPlace: Map<string, ExecutionEvent>;
}

/**
 * Lets through what a person can follow, so that a flood of output does not occupy the page: all events of an ordinary
 * script, the newest ones of a script that prints without end. The history has every one of them, and `seq` tells the
 * page which it did not get.
 */
export class EventWindow {
  readonly #rounds = new Map<ExecutionId, Round & { batch: EventBatch; timer: NodeJS.Timeout }>();

  constructor(private readonly send: (batch: EventBatch) => void) {}

  /** Takes events in the order of their `seq`. */
  add(batch: EventBatch): void {
    const { executionId, events } = batch;
    const round = this.#rounds.get(executionId) ?? this.#open(batch);
    if (!round.isFlooded && round.sent + events.length <= MAX_PER_ROUND) {
      round.sent += events.length;
      this.send(batch);
      return;
    }
    round.isFlooded = true;
    round.held.push(...events);
    const dropped = round.held.splice(0, Math.max(0, round.held.length - KEPT_OF_FLOOD));
    for (const event of dropped) keepOfPlace(round.lastOfPlace, event);
  }

  /** Hands over what is held of an execution, because its end is told next. */
  flush(executionId: ExecutionId): void {
    const round = this.#rounds.get(executionId);
    if (round === undefined) return;
    clearInterval(round.timer);
    this.#rounds.delete(executionId);
    this.#sendHeld(round, round.batch);
  }

  dispose(): void {
    for (const { timer } of this.#rounds.values()) clearInterval(timer);
    this.#rounds.clear();
  }

  #open(batch: EventBatch): Round {
    const { executionId } = batch;
    const timer = setInterval(() => this.#turn(executionId), ROUND_MS);
    timer.unref();
    const round = { sent: 0, isFlooded: false, held: [], lastOfPlace: new Map(), batch, timer };
    this.#rounds.set(executionId, round);
    return round;
  }

  /** A flood stays one until a round in which no more came than is kept of it. */
  #turn(executionId: ExecutionId): void {
    const round = this.#rounds.get(executionId);
    if (round === undefined) return;
    round.isFlooded = round.lastOfPlace.size > 0 || round.held.length === KEPT_OF_FLOOD;
    round.sent = this.#sendHeld(round, round.batch);
    if (round.isFlooded || round.sent > 0) return;
    clearInterval(round.timer);
    this.#rounds.delete(executionId);
  }

  #sendHeld(round: Round, { sessionId, executionId }: EventBatch): number {
    const events = [...round.lastOfPlace.values(), ...round.held].sort((a, b) => a.seq - b.seq);
    round.lastOfPlace.clear();
    round.held = [];
    if (events.length > 0) this.send({ sessionId, executionId, events });
    return events.length;
  }
}

function keepOfPlace(lastOfPlace: Map<string, ExecutionEvent>, event: ExecutionEvent): void {
  const location = "location" in event.payload ? event.payload.location : undefined;
  if (location === undefined) {
    // Says at least that something was dropped.
    lastOfPlace.set("", event);
    return;
  }
  const place = `${location.path}:${location.line}`;
  if (lastOfPlace.size < MAX_PLACES || lastOfPlace.has(place)) lastOfPlace.set(place, event);
}
