// Never ends by itself. Press Stop, or wait for the limit of the template: the session can be used again at once.
console.log("Counting …");

let count = 0;
while (true) count++;
