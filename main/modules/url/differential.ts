import type { DifferentialTable } from "../testing/differential/run";

const URLS = [
  "https://example.org",
  "https://user:pass@example.org:8080/a/b?x=1&y=2#h",
  "HTTP://EXAMPLE.org:80/../a/./b",
  "file:///a%20b/c.txt",
  "https://español.com/ü?ö=ß",
  "data:text/plain,hi",
  "mailto:a@b.c",
  "https://[::1]:443/",
  "https://1.2.3/",
  "https://0x7f.1/",
  "http://a/b c",
  "blob:https://example.org/x",
];
const BROKEN = ["", "x", "//x", "https://", "https://a b/", "http://[::1", "http://a:99999/", "https://%zz/"];
const FILES = [
  "file:///a/b.txt",
  "file:///a%20b",
  "file:///%C3%A9",
  "file://host/a",
  "file:///a%2Fb",
  "https://a/b",
  "file:",
  "nonsense",
];
const JUNK = ["undefined", "null", "1", "{}", "[]", "Symbol('s')", "() => 1", "new Map()", "10n"];

/** Calls of `url` that are compared with Node. */
export const differential: DifferentialTable = {
  setup:
    "const parts = (u) => [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash];",
  calls: [
    ...URLS.map((address) => `parts(new url.URL(${JSON.stringify(address)}))`),
    ...BROKEN.map((address) => `new url.URL(${JSON.stringify(address)})`),
    ...BROKEN.map((address) => `url.URL.canParse(${JSON.stringify(address)})`),
    ...BROKEN.map((address) => `url.URL.parse(${JSON.stringify(address)})`),
    "new url.URL('../c?d', 'https://example.org/a/b/').href",
    "new url.URL('x', 'nonsense')",
    "JSON.stringify({ u: new url.URL('https://a/b') })",
    "String(new url.URL('https://a/b'))",
    "(() => { const u = new url.URL('https://a/b'); u.pathname = '/x y'; u.hash = 'z'; u.port = '81'; u.protocol = 'http'; return u.href; })()",
    "(() => { const u = new url.URL('https://a/?x=1'); u.searchParams.append('y', '2 3'); return u.href; })()",
    "[...new url.URLSearchParams('a=1&b=2&a=3')]",
    "new url.URLSearchParams({ a: '1 2', b: 'ü&' }).toString()",
    "new url.URLSearchParams([['a', '1'], ['b', '2']]).toString()",
    "(() => { const p = new url.URLSearchParams('b=1&a=2&b=3'); p.sort(); return [p.toString(), p.getAll('b'), p.has('a'), p.get('zz'), p.size]; })()",
    "(() => { const p = new url.URLSearchParams('a=1&b=2'); p.delete('a'); p.set('b', 'x'); return [...p.entries(), ...p.keys(), ...p.values()]; })()",
    ...FILES.map((address) => `url.fileURLToPath(${JSON.stringify(address)})`),
    ...FILES.map((address) => `url.fileURLToPath(new url.URL(${JSON.stringify(address)}))`),
    ...JUNK.map((junk) => `url.fileURLToPath(${junk})`),
    "url.fileURLToPath('file:///C:/a/b.txt', { windows: true })",
    "url.fileURLToPath('file://srv/share/x', { windows: true })",
    "url.fileURLToPath('file:///a%5Cb', { windows: true })",
    ...["/a/b.txt", "a b.txt", "a/", "/a#b?c%d", "", ".", "..", "\\x", "é", "/a\nb", "/a\tb"].map(
      (path) => `url.pathToFileURL(${JSON.stringify(path)}).href`,
    ),
    "url.pathToFileURL('C:\\\\a b\\\\c.txt', { windows: true }).href",
    "url.pathToFileURL('/a') instanceof URL",
    ...JUNK.map((junk) => `url.pathToFileURL(${junk})`),
    ...["español.com", "中文.com", "xn--iñvalid.com", "EXAMPLE.org", "", "a b"].map(
      (domain) => `url.domainToASCII(${JSON.stringify(domain)})`,
    ),
    ...["xn--espaol-zwa.com", "xn--fiq228c.com", "xn--iñvalid.com", ""].map(
      (domain) => `url.domainToUnicode(${JSON.stringify(domain)})`,
    ),
    "url.domainToASCII()",
    "url.domainToUnicode()",
    "url.domainToASCII(1)",
    "url.URL === URL && url.URLSearchParams === URLSearchParams",
  ],
};
