/**
 * Stands in for zod in session hosts, which receive checked data and need schemas for few things, such as what a script
 * passes to `exec.run`: building a schema is postponed until one of its results is asked for, and only then is zod
 * loaded (600 KB). What is not listed here is never postponed.
 */
const STARTS = new Set(
  "array boolean discriminatedUnion email enum instanceof int json lazy literal number object record strictObject string tuple union unknown uuid".split(
    " ",
  ),
);
const STEPS = new Set(
  "brand catch check default describe extend int length max meta min nonnegative nullable nullish optional pipe positive prefault readonly refine regex startsWith strict superRefine transform trim".split(
    " ",
  ),
);

const makers = new WeakMap();

/** Arguments as zod itself understands them. */
function made(value) {
  if (typeof value !== "object" || value === null) return value;
  const make = makers.get(value);
  if (make !== undefined) return make();
  if (Array.isArray(value)) return value.map(made);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, made(item)]));
}

function postponed(build, postponable) {
  let result;
  const make = () => (result ??= build());
  const proxy = new Proxy(
    {},
    {
      get: (_target, key) =>
        postponable.has(key)
          ? (...args) => postponed(() => make()[key](...args.map(made)), STEPS)
          : Reflect.get(make(), key),
      has: (_target, key) => Reflect.has(make(), key),
      getPrototypeOf: () => Reflect.getPrototypeOf(make()),
    },
  );
  makers.set(proxy, make);
  return proxy;
}

exports.z = postponed(() => require("./packages/zod.cjs").z, STARTS);
