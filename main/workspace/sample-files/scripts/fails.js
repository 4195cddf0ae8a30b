// Fails on purpose: the error names the line of this file, and the frames are links.
function readPrice(text) {
  const price = Number(text);
  if (Number.isNaN(price)) throw new TypeError(`"${text}" is not a price`);
  return price;
}

function total(lines) {
  return lines.map((line, index) => {
    try {
      return readPrice(line);
    } catch (error) {
      throw new Error(`Line ${index + 1} cannot be added up`, { cause: error });
    }
  });
}

console.log("Adding up …");
total(["12.50", "8", "about nine"]);
