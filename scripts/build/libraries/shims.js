/* global LIBRARY_GLOBAL -- defined by the bundler for each library */
// What the bundled packages expect of their surroundings and a session does not have, or has differently.

// The VM has no global `crypto`. Packages that need random bytes (uuid) get those of the host.
export const crypto = {
  getRandomValues(bytes) {
    return require("vm:random").getRandomValues(bytes);
  },
};

// While lodash is loaded it looks for an older `_`. In a session that global loads the library itself, which is not ready
// yet: so a library does not see its own global.
export const shadowGlobal = /* @__PURE__ */ Object.create(globalThis, {
  [LIBRARY_GLOBAL]: { value: undefined, writable: true, configurable: true },
});
