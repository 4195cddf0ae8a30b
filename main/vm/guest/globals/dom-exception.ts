import { setErrorReader, type ErrorParts } from "../describe/error-like";
import { bare } from "../describe/intrinsics";
import {
  IntrinsicError,
  IntrinsicString,
  objectDefineProperty,
  objectKeys,
  objectSetPrototypeOf,
} from "../primordials";
import { currentEngineStack, setEngineStack } from "../stacks";
import { defineGlobal, describeInterface, invalidThis } from "./define";

/** Legacy codes by name; the constants are made from the same table. */
const CODES: Readonly<Record<string, number>> = bare({
  IndexSizeError: 1,
  DOMStringSizeError: 2,
  HierarchyRequestError: 3,
  WrongDocumentError: 4,
  InvalidCharacterError: 5,
  NoDataAllowedError: 6,
  NoModificationAllowedError: 7,
  NotFoundError: 8,
  NotSupportedError: 9,
  InUseAttributeError: 10,
  InvalidStateError: 11,
  SyntaxError: 12,
  InvalidModificationError: 13,
  NamespaceError: 14,
  InvalidAccessError: 15,
  ValidationError: 16,
  TypeMismatchError: 17,
  SecurityError: 18,
  NetworkError: 19,
  AbortError: 20,
  URLMismatchError: 21,
  QuotaExceededError: 22,
  TimeoutError: 23,
  InvalidNodeTypeError: 24,
  DataCloneError: 25,
});
const CONSTANTS = [
  "INDEX_SIZE_ERR",
  "DOMSTRING_SIZE_ERR",
  "HIERARCHY_REQUEST_ERR",
  "WRONG_DOCUMENT_ERR",
  "INVALID_CHARACTER_ERR",
  "NO_DATA_ALLOWED_ERR",
  "NO_MODIFICATION_ALLOWED_ERR",
  "NOT_FOUND_ERR",
  "NOT_SUPPORTED_ERR",
  "INUSE_ATTRIBUTE_ERR",
  "INVALID_STATE_ERR",
  "SYNTAX_ERR",
  "INVALID_MODIFICATION_ERR",
  "NAMESPACE_ERR",
  "INVALID_ACCESS_ERR",
  "VALIDATION_ERR",
  "TYPE_MISMATCH_ERR",
  "SECURITY_ERR",
  "NETWORK_ERR",
  "ABORT_ERR",
  "URL_MISMATCH_ERR",
  "QUOTA_EXCEEDED_ERR",
  "TIMEOUT_ERR",
  "INVALID_NODE_TYPE_ERR",
  "DATA_CLONE_ERR",
] as const;

/** Made from a true error, so that it has a stack and prints as one; its name and message are getters as in Node. */
class Exception {
  readonly #name: string;
  readonly #message: string;

  constructor(message: unknown = "", options: unknown = "Error") {
    setEngineStack(this, currentEngineStack());
    this.#message = IntrinsicString(message);
    if (typeof options === "object" && options !== null) {
      const { name, cause } = options as { name?: unknown; cause?: unknown };
      this.#name = name === undefined ? "Error" : IntrinsicString(name);
      if ("cause" in options)
        objectDefineProperty(
          this,
          "cause",
          bare({ value: cause, writable: true, enumerable: false, configurable: true }),
        );
    } else this.#name = IntrinsicString(options);
  }

  get name(): string {
    if (!(#name in this)) throw invalidThis("DOMException");
    return this.#name;
  }

  get message(): string {
    if (!(#name in this)) throw invalidThis("DOMException");
    return this.#message;
  }

  get code(): number {
    if (!(#name in this)) throw invalidThis("DOMException");
    return CODES[this.#name] ?? 0;
  }

  static read(value: object): ErrorParts | undefined {
    return #name in value ? { name: value.#name, message: value.#message } : undefined;
  }
}

const readException = Exception.read;
Reflect.deleteProperty(Exception, "read");
objectDefineProperty(Exception, "name", bare({ value: "DOMException" }));
objectSetPrototypeOf(Exception.prototype, IntrinsicError.prototype);
describeInterface(Exception.prototype, "DOMException", ["name", "message", "code"]);
const codeNames = objectKeys(CODES);
for (let index = 0; index < CONSTANTS.length; index++) {
  const constant = bare({
    value: CODES[codeNames[index] ?? ""],
    writable: false,
    enumerable: true,
    configurable: false,
  });
  objectDefineProperty(Exception, CONSTANTS[index] ?? "", constant);
  objectDefineProperty(Exception.prototype, CONSTANTS[index] ?? "", constant);
}

/** A `DOMException` to throw. */
export function domException(message: string, name: string): Error {
  // It inherits from Error.prototype, which its declaration cannot say.
  return new Exception(message, name);
}

/** Sets `DOMException`. */
export function installDomException(): void {
  setErrorReader(readException);
  defineGlobal("DOMException", Exception);
}
