// The package's own entry makes every function when it is loaded: 850 ms inside the VM. An instance made by `create`
// makes each function when it is first used.
import { all, create, factory } from "mathjs";

const math = create(all);
export default Object.assign(math, { all, factory });
