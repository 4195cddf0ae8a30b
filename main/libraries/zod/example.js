const { z } = require("zod");

const person = z.object({ name: z.string(), age: z.number().int().min(0) });
console.log(person.parse({ name: "Ada", age: 36 }));

const result = person.safeParse({ name: "Ada", age: -1 });
if (!result.success) console.log(result.error.issues[0].path, result.error.issues[0].message);
