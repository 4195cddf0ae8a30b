/** Name and message of an object that is an error without the engine knowing it. */
export interface ErrorParts {
  readonly name: string;
  readonly message: string;
}

let read: (object: object) => ErrorParts | undefined = () => undefined;

/** Tells the describer how `DOMException`s are read: their name and message are getters, which it never runs. */
export function setErrorReader(reader: (object: object) => ErrorParts | undefined): void {
  read = reader;
}

/** Name and message of a `DOMException`; `undefined` for everything else. */
export function errorParts(object: object): ErrorParts | undefined {
  return read(object);
}
