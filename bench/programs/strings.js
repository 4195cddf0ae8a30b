// Strings and regular expressions: a log is made, taken apart and counted.
const lines = [];
for (let n = 0; n < 25000; n++) {
  lines.push(
    `10.0.${n % 255}.${(n * 7) % 255} - [0${n % 10}/Jan] "GET /page/${n % 50}?q=${n} HTTP/1.1" ${n % 9 ? 200 : 404} ${n * 3}`,
  );
}
const pattern = /^(\S+) - \[([^\]]+)\] "(\w+) ([^ ?]+)\??\S* HTTP\/1\.1" (\d{3}) (\d+)$/;
const pages = {};
for (const line of lines.join("\n").split("\n")) {
  const found = pattern.exec(line);
  if (found && found[5] === "200") pages[found[4]] = (pages[found[4]] ?? 0) + Number(found[6]);
}
Object.keys(pages).sort().join(",").length;
