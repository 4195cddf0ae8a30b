// Floating point in typed arrays: a small matrix multiplied with itself.
const size = 64;
let matrix = new Float64Array(size * size).map((_, i) => (i % 7) / 7);
for (let round = 0; round < 3; round++) {
  const next = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += matrix[row * size + k] * matrix[k * size + column];
      next[row * size + column] = sum % 1;
    }
  }
  matrix = next;
}
Math.round(matrix.reduce((a, b) => a + b, 0) * 1000);
