import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openTestSession, type TestSession } from "./testing";

const root = join(import.meta.dirname, "..", "..");
const nodeRequire = createRequire(import.meta.url);

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
});

/** Copies a package's JavaScript, with everything it depends on, as npm has laid it out. */
function copyPackage(name: string, workspace: string, from = ""): void {
  const nested = join(from, "node_modules", name);
  const place = from !== "" && existsSync(join(root, nested)) ? nested : join("node_modules", name);
  const target = join(workspace, place);
  if (existsSync(target)) return;
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, place), target, {
    recursive: true,
    // Typings and source maps are most of a package; nested packages are copied when somebody depends on them.
    filter: (source) => !/\.(?:d\.[cm]?ts|ts|map|md)$|\/node_modules$/.test(source),
  });
  const manifest = manifestSchema.parse(
    JSON.parse(readFileSync(join(root, place, "package.json"), "utf8")) as unknown,
  );
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    copyPackage(dependency, workspace, place);
}

/** Body of a function that gives something JSON can hold, or a promise of it. */
type Example = readonly [what: string, body: string];

const asText = (body: string): string =>
  `Promise.resolve((() => { ${body} })()).then((value) => JSON.stringify(value))`;

function inNode(body: string): Promise<string> {
  // The body is one of this file's own texts.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function("require", `return ${asText(body)}`) as (
    require: NodeJS.Require,
  ) => Promise<string>;
  return run(nodeRequire);
}

/** Node's own `import`: that of the test runner changes what CommonJS packages export. */
function exportsInNode(name: string): string[] {
  const code = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(name)}))))`;
  const text = execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: root });
  return z.array(z.string()).parse(JSON.parse(text.toString("utf8")));
}

/**
 * date-fns exports this name of one module by way of two others; the engine takes names that are imported and then
 * exported for two different ones, and exports neither.
 */
const NOT_EXPORTED: ReadonlySet<string> = new Set(["longFormatters"]);

// Taken from the packages' own documentation.
const PACKAGES: Readonly<Record<string, readonly Example[]>> = {
  lodash: [
    [
      "chunk and compact",
      "const _ = require('lodash'); return [_.chunk(['a', 'b', 'c', 'd'], 3), _.compact([0, 1, false, 2, '', 3])];",
    ],
    [
      "defaults and partition",
      "const _ = require('lodash'); return [_.defaults({ a: 1 }, { a: 3, b: 2 }), _.partition([1, 2, 3, 4], (n) => n % 2)];",
    ],
    [
      "groupBy, keyBy, orderBy",
      "const _ = require('lodash'); const users = [{ user: 'fred', age: 48 }, { user: 'barney', age: 34 }, { user: 'fred', age: 40 }]; return [_.groupBy([6.1, 4.2, 6.3], Math.floor), _.keyBy(users, 'user'), _.orderBy(users, ['user', 'age'], ['asc', 'desc'])];",
    ],
    [
      "get, set, cloneDeep, isEqual",
      "const _ = require('lodash'); const o = { a: [{ b: { c: 3 } }] }; const copy = _.cloneDeep(o); _.set(copy, 'a[0].b.c', 4); return [_.get(o, 'a[0].b.c'), _.get(copy, ['a', '0', 'b', 'c']), _.isEqual(o, copy), _.isEqual({ d: new Date(5) }, { d: new Date(5) })];",
    ],
    [
      "template",
      "const _ = require('lodash'); return [_.template('hello <%= user %>!')({ user: 'fred' }), _.template('<% _.forEach(users, (u) => { %><li><%- u %></li><% }); %>')({ users: ['<b>', 'pebbles'] })];",
    ],
    [
      "lazy chains and flow",
      "const _ = require('lodash'); return [_([1, 2, 3, 4]).filter((n) => n > 1).map((n) => n * n).take(2).value(), _.flow([_.add, (n) => n * n])(1, 2)];",
    ],
    [
      "debounce with this session's timers",
      "const _ = require('lodash'); return new Promise((resolve) => { let calls = 0; const f = _.debounce(() => resolve(++calls), 5); f(); f(); f(); });",
    ],
    [
      "one function by its path",
      "return require('lodash/camelCase')('Foo Bar') + require('lodash/fp').map((x) => x + 1)([1, 2]).join();",
    ],
  ],
  ramda: [
    [
      "curried functions",
      "const R = require('ramda'); return [R.add(2)(3), R.map(R.multiply(2))([1, 2, 3]), R.pipe(R.filter((n) => n > 1), R.sum)([1, 2, 3])];",
    ],
    [
      "lenses",
      "const R = require('ramda'); const x = R.lensPath(['x', 0, 'y']); return [R.view(x, { x: [{ y: 2 }] }), R.over(x, R.negate, { x: [{ y: 2 }] })];",
    ],
    [
      "transducers",
      "const R = require('ramda'); return R.transduce(R.compose(R.map(R.add(1)), R.take(2)), R.flip(R.append), [], [1, 2, 3, 4]);",
    ],
    [
      "groupBy, sortWith, evolve",
      "const R = require('ramda'); return [R.groupBy((n) => (n > 2 ? 'big' : 'small'), [1, 2, 3]), R.sortWith([R.descend(R.prop('a')), R.ascend(R.prop('b'))], [{ a: 1, b: 2 }, { a: 2, b: 1 }, { a: 2, b: 0 }]), R.evolve({ a: R.inc, b: { c: R.toUpper } }, { a: 1, b: { c: 'x' } })];",
    ],
    [
      "equals and toString",
      "const R = require('ramda'); return [R.equals(new Map([[1, { a: 2 }]]), new Map([[1, { a: 2 }]])), R.toString({ a: [1, 'x', new Date(0)] })];",
    ],
  ],
  dayjs: [
    [
      "parse, add, format",
      "const dayjs = require('dayjs'); return [dayjs('2019-01-25T00:00:00').format('DD/MM/YYYY'), dayjs('2018-08-08').add(7, 'day').format('YYYY-MM-DD'), dayjs('2019-01-25').diff(dayjs('2018-06-05'), 'month')];",
    ],
    [
      "startOf, isBefore, daysInMonth",
      "const dayjs = require('dayjs'); return [dayjs('2024-02-10').startOf('month').format(), dayjs('2010-10-20').isBefore('2010-10-21'), dayjs('2024-02-10').daysInMonth()];",
    ],
    [
      "plugins",
      "const dayjs = require('dayjs'); for (const name of ['utc', 'relativeTime', 'duration', 'customParseFormat', 'weekOfYear']) dayjs.extend(require('dayjs/plugin/' + name)); return [dayjs.utc('2018-01-01').format(), dayjs('2000-01-01').from(dayjs('2001-01-01')), dayjs.duration(100, 's').humanize(), dayjs('12-25-1995', 'MM-DD-YYYY').format('YYYY-MM-DD'), dayjs('2018-06-27').week()];",
    ],
    [
      "a locale",
      "const dayjs = require('dayjs'); require('dayjs/locale/de'); return dayjs('2024-03-05').locale('de').format('dddd, D. MMMM YYYY');",
    ],
  ],
  yaml: [
    [
      "parse and stringify",
      "const YAML = require('yaml'); return [YAML.parse('3.14159'), YAML.parse('[ true, false, maybe, null ]\\n'), YAML.stringify([true, false, 'maybe', null]), YAML.stringify({ number: 3, plain: 'string', block: 'two\\nlines\\n' })];",
    ],
    [
      "documents keep comments",
      "const YAML = require('yaml'); const doc = YAML.parseDocument('# A\\nkey: value # c\\nlist: [1, 2]\\n'); doc.setIn(['list', 1], 7); doc.add(doc.createPair('n', 1)); return [String(doc), doc.toJS()];",
    ],
    [
      "anchors, merge keys, errors",
      "const YAML = require('yaml'); return [YAML.parse('a: &x { b: 1 }\\nc: *x\\n'), YAML.parse('- &A { a: 1 }\\n- { <<: *A, b: 2 }', { merge: true }), YAML.parseDocument('a: [1,\\nb: }').errors.map((e) => [e.code, e.linePos])];",
    ],
    [
      "visit",
      "const YAML = require('yaml'); const doc = YAML.parseDocument('- one\\n- two: [2, 3]'); let n = 0; YAML.visit(doc, { Scalar() { n++; } }); return n;",
    ],
  ],
  acorn: [
    ["parse", "return require('acorn').parse('1 + 1', { ecmaVersion: 2020 });"],
    [
      "modules, classes, optional chaining",
      "return require('acorn').parse('import a from \"a\"; class A { #x = 1; static { this.y ??= a?.b ?? 1 } } export { A }', { ecmaVersion: 'latest', sourceType: 'module', locations: true });",
    ],
    [
      "the tokenizer",
      "return [...require('acorn').tokenizer('let x = `a${1}b` / 2', { ecmaVersion: 'latest' })].map((t) => [t.type.label, t.start]);",
    ],
    [
      "errors with their place",
      "try { require('acorn').parse('let = =', { ecmaVersion: 'latest' }); } catch (e) { return [e.name, e.message, e.pos, e.loc]; }",
    ],
    [
      "itself",
      "const { parse } = require('acorn'); return parse(parse.toString().length > 0 ? 'function f(a, ...b) { return a => b }' : '', { ecmaVersion: 'latest' }).body.length;",
    ],
  ],
  mathjs: [
    [
      "arithmetic and constants",
      "const math = require('mathjs'); return [math.round(math.e, 3), math.atan2(3, -3) / math.pi, math.log(10000, 10), String(math.sqrt(-4)), math.pow([[-1, 2], [3, 1]], 2)];",
    ],
    [
      "expressions",
      "const math = require('mathjs'); return [math.evaluate('12 / (2.3 + 0.7)'), String(math.evaluate('12.7 cm to inch')), math.evaluate('sin(45 deg) ^ 2'), String(math.evaluate('9 / 3 + 2i')), math.evaluate('det([-1, 2; 3, 1])')];",
    ],
    [
      "chains, big numbers, fractions",
      "const math = require('mathjs'); return [math.chain(3).add(4).multiply(2).done(), math.bignumber('0.1').plus('0.2').toString(), math.format(math.add(math.fraction(1, 3), math.fraction(1, 6))), math.factorial(math.bignumber(30)).toFixed()];",
    ],
    [
      "derivatives and simplification",
      "const math = require('mathjs'); return [math.derivative('x^2 + x', 'x').toString(), math.simplify('3 + 2 / 4').toString(), math.parse('a + b * 2').toTex()];",
    ],
    [
      "statistics and a scope",
      "const math = require('mathjs'); const scope = { a: 3, b: 4 }; return [math.evaluate('f(x) = x ^ a', scope)(2), math.std([2, 4, 6]), math.median(5, 2, 7), scope.a];",
    ],
  ],
  zod: [
    [
      "schemas",
      "const z = require('zod'); const User = z.object({ name: z.string(), age: z.number().int().optional(), tags: z.array(z.string()).default([]) }); return [User.parse({ name: 'Ludwig' }), User.safeParse({ name: 1, age: 1.5 }).error.issues];",
    ],
    [
      "unions, refinements, transforms",
      "const z = require('zod'); const S = z.discriminatedUnion('type', [z.object({ type: z.literal('a'), v: z.string().transform((s) => s.length) }), z.object({ type: z.literal('b'), v: z.coerce.number() })]); return [S.parse({ type: 'a', v: 'four' }), S.parse({ type: 'b', v: '12' }), z.string().refine((s) => s.length > 3, 'short').safeParse('ab').error.issues];",
    ],
    [
      "formats and errors for people",
      "const z = require('zod'); return [z.email().safeParse('x@y').success, z.uuid().safeParse('550e8400-e29b-41d4-a716-446655440000').success, z.iso.datetime().safeParse('2020-01-01T00:00:00Z').success, z.prettifyError(z.object({ a: z.number() }).safeParse({ a: 'x' }).error)];",
    ],
    [
      "asynchronous parsing",
      "const z = require('zod'); return z.string().refine(async (s) => s === 'ok').parseAsync('ok');",
    ],
    [
      "JSON Schema",
      "const z = require('zod'); return z.toJSONSchema(z.object({ a: z.string().min(2), b: z.enum(['x', 'y']).nullable() }));",
    ],
  ],
  immer: [
    [
      "produce",
      "const { produce } = require('immer'); const base = [{ title: 'Learn', done: true }, { title: 'Try', done: false }]; const next = produce(base, (draft) => { draft[1].done = true; draft.push({ title: 'Tweet' }); }); return [base, next, base[0] === next[0], Object.isFrozen(next)];",
    ],
    [
      "maps and sets",
      "const { produce, enableMapSet } = require('immer'); enableMapSet(); const next = produce({ m: new Map([['a', { n: 1 }]]), s: new Set([1]) }, (d) => { d.m.get('a').n++; d.s.add(2); }); return [[...next.m], [...next.s]];",
    ],
    [
      "patches",
      "const { produceWithPatches, applyPatches, enablePatches } = require('immer'); enablePatches(); const [next, patches, inverse] = produceWithPatches({ a: 1, l: [1, 2] }, (d) => { d.a = 2; d.l.splice(0, 1); }); return [next, patches, applyPatches(next, inverse)];",
    ],
    [
      "classes, original and current",
      "const { produce, original, current, immerable } = require('immer'); class P { [immerable] = true; constructor() { this.x = 1; } } const seen = []; const p = produce(new P(), (d) => { d.x = 2; seen.push(original(d).x, current(d).x); }); return [seen, p.x, p instanceof P];",
    ],
    [
      "errors",
      "const { produce } = require('immer'); const frozen = produce({ a: { b: 1 } }, () => {}); try { 'use strict'; (function () { 'use strict'; produce(frozen, (d) => { d.a.b = 2; }).a.b = 3; })(); } catch (e) { return e.name; }",
    ],
  ],
  "date-fns": [
    [
      "format and parse",
      "const { format, parse, parseISO } = require('date-fns'); return [format(new Date(2014, 1, 11), 'MM/dd/yyyy'), format(parse('02/11/2014', 'MM/dd/yyyy', new Date(0)), 'PPPP'), format(parseISO('2014-02-11T11:30:30'), 'HH:mm')];",
    ],
    [
      "arithmetic",
      "const { addDays, differenceInCalendarDays, eachDayOfInterval, compareAsc } = require('date-fns'); return [addDays(new Date(2014, 8, 1), 10).getDate(), differenceInCalendarDays(new Date(2012, 6, 2), new Date(2011, 6, 2)), eachDayOfInterval({ start: new Date(2014, 9, 6), end: new Date(2014, 9, 10) }).length, [new Date(1995, 6, 2), new Date(1987, 1, 11)].sort(compareAsc).map((d) => d.getFullYear())];",
    ],
    [
      "words and locales",
      "const { formatDistance, formatDuration, intervalToDuration, formatRelative } = require('date-fns'); const { de } = require('date-fns/locale'); return [formatDistance(new Date(2014, 6, 2), new Date(2015, 0, 1)), formatDistance(new Date(2014, 6, 2), new Date(2015, 0, 1), { locale: de, addSuffix: true }), formatDuration(intervalToDuration({ start: 0, end: 90061000 })), formatRelative(new Date(2020, 0, 1), new Date(2020, 0, 3))];",
    ],
    ["one function by its path", "return require('date-fns/getISOWeek').getISOWeek(new Date(2005, 0, 2));"],
  ],
  uuid: [
    [
      "names",
      "const { v3, v5, NIL, MAX } = require('uuid'); return [v5('Hello, World!', '1b671a64-40d5-491e-99b0-da01ff1f3341'), v3('hello.example.com', v3.DNS), v5('http://example.com', v5.URL), NIL, MAX];",
    ],
    [
      "bytes",
      "const { parse, stringify, validate, version } = require('uuid'); return [[...parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')], stringify(Uint8Array.of(0x6e, 0xc0, 0xbd, 0x7f, 0x11, 0xc0, 0x43, 0xda, 0x97, 0x5e, 0x2a, 0x8a, 0xd9, 0xeb, 0xae, 0x0b)), validate('not a UUID'), version('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')];",
    ],
    [
      "given random bytes",
      "const { v4, v1, v7 } = require('uuid'); const random = Uint8Array.of(0x10, 0x91, 0x56, 0xbe, 0xc4, 0xfb, 0xc1, 0xea, 0x71, 0xb4, 0xef, 0xe1, 0x67, 0x1c, 0x58, 0x36); return [v4({ random }), v1({ random, msecs: 1321651200000, nsecs: 5678, clockseq: 1, node: random.slice(0, 6) }), v7({ random, msecs: 1321651200000, seq: 1 })];",
    ],
  ],
  papaparse: [
    [
      "parse",
      "const Papa = require('papaparse'); return [Papa.parse('a,b\\n1,\"x,\"\"y\"\"\"\\n', { header: true, dynamicTyping: true, skipEmptyLines: true }), Papa.parse('a;b;c\\n1;2').meta.delimiter];",
    ],
    [
      "unparse",
      "const Papa = require('papaparse'); return [Papa.unparse([{ a: 1, b: 'x,y' }, { a: null, b: 'q\"' }]), Papa.unparse({ fields: ['a', 'b'], data: [[1, 2]] }, { delimiter: '\\t', header: false })];",
    ],
    [
      "row by row, with errors",
      "const Papa = require('papaparse'); const rows = []; Papa.parse('a,b\\n1,2\\n3\\n', { header: true, step: (r, parser) => { rows.push(r.data, r.errors); if (rows.length > 2) parser.abort(); } }); return rows;",
    ],
  ],
  moment: [
    [
      "format, add, diff",
      "const moment = require('moment'); return [moment('2010-01-31').add(1, 'month').format('YYYY-MM-DD'), moment([2007, 0, 29]).diff(moment([2007, 0, 28]), 'days'), moment.utc(0).format('dddd, MMMM Do YYYY, h:mm:ss a')];",
    ],
    [
      "durations and words",
      "const moment = require('moment'); return [moment.duration(2, 'hours').humanize(), moment.duration('P1DT2H').asMinutes(), moment([2007, 0, 29]).from(moment([2007, 0, 20])), moment('2013-02-08 09:30', 'YYYY-MM-DD HH:mm').isValid()];",
    ],
  ],
  minimatch: [
    [
      "globs",
      "const { minimatch } = require('minimatch'); return [minimatch('bar.foo', '*.foo'), minimatch('a/b/c.js', 'a/**/*.js'), minimatch('a.b', '*.{b,c}'), ['a', 'b', '.c'].filter(minimatch.filter('[!b]'))];",
    ],
    [
      "patterns",
      "const { Minimatch } = require('minimatch'); const m = new Minimatch('src/@(a|b)/*.ts'); return [m.match('src/a/x.ts'), m.match('src/c/x.ts'), m.braceExpand(), m.hasMagic()];",
    ],
  ],
  ajv: [
    [
      "compiled validators",
      "const Ajv = require('ajv'); const ajv = new Ajv({ allErrors: true }); const validate = ajv.compile({ type: 'object', properties: { foo: { type: 'integer' }, bar: { type: 'string', pattern: '^x', maxLength: 3 } }, required: ['foo'], additionalProperties: false }); return [validate({ foo: 1, bar: 'xyz' }), validate({ bar: 'abcd', z: 1 }), validate.errors];",
    ],
    [
      "references and formats of one's own",
      "const Ajv = require('ajv/dist/2020'); const ajv = new Ajv(); ajv.addFormat('even', { type: 'number', validate: (n) => n % 2 === 0 }); const validate = ajv.compile({ $defs: { n: { type: 'number', format: 'even' } }, type: 'array', minItems: 1, prefixItems: [{ $ref: '#/$defs/n' }], items: { $ref: '#/$defs/n' } }); return [validate([2, 4]), validate([2, 3]), validate.errors[0].instancePath];",
    ],
  ],
  marked: [
    [
      "Markdown",
      "const { marked } = require('marked'); return marked.parse('# Hi *there*\\n\\n- a\\n- b `c`\\n\\n| x | y |\\n|---|--:|\\n| 1 | 2 |\\n\\n```js\\nlet a = 1 < 2;\\n```\\n');",
    ],
    [
      "tokens and an extension",
      "const { Marked } = require('marked'); const m = new Marked({ renderer: { heading({ tokens, depth }) { return '<h' + depth + ' id=x>' + this.parser.parseInline(tokens) + '</h' + depth + '>'; } } }); return [m.parse('## A & B'), m.lexer('> quote').map((t) => t.type)];",
    ],
  ],
};

describe.each(Object.entries(PACKAGES))(
  "the npm package %s, in a session with resolver.npm",
  (name, examples) => {
    let session: TestSession;
    beforeAll(async () => {
      session = await openTestSession({
        template: { resolver: { npm: true }, limits: { cpuMs: 60_000, wallMs: 60_000 } },
      });
      copyPackage(name, session.workspaceRoot);
    });
    afterAll(() => session.dispose());

    test.each(examples)("does what it does in Node: %s", async (_what, body) => {
      const outcome = await session.run(asText(body));
      expect(outcome.error).toBeUndefined();
      expect(outcome.result?.json).toBe(await inNode(body));
    });

    test("gives import the same as require", async () => {
      const specifier = JSON.stringify(name);
      const outcome = await session.execute({
        kind: "runFile",
        path: "import.mjs",
        source: `import * as all from ${specifier}; JSON.stringify(Object.keys(all).filter((key) => key !== "module.exports").sort());`,
      });
      expect(outcome.error).toBeUndefined();
      const inNodeToo = exportsInNode(name)
        .filter((key) => key !== "module.exports" && !NOT_EXPORTED.has(key))
        .sort();
      expect(JSON.parse(String(outcome.result?.json))).toEqual(inNodeToo);
    });
  },
);
