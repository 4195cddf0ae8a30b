// The VM has no global `crypto`. Packages that need random bytes (uuid) get those of the host.
export const crypto = {
  getRandomValues(bytes) {
    return require("vm:random").getRandomValues(bytes);
  },
};
