// The package's own entry makes all of its four hundred functions when it is loaded. An instance made by `create` makes
// each when it is first used; what the package exports besides them is added to it.
import { all, create, factory, _false, _Infinity, _NaN, _null, _true } from "mathjs";
// Neither can be had from the package's entry point without the functions; both are only objects.
import * as dependencies from "../../../node_modules/mathjs/lib/esm/entry/dependenciesAny.generated.js";
import { embeddedDocs as docs } from "../../../node_modules/mathjs/lib/esm/expression/embeddedDocs/embeddedDocs.js";

const values = { _false, _Infinity, _NaN, _null, _true };
// `create` and not the instance's own, which takes no factories.
export default Object.assign(create(all), all, dependencies, values, { all, create, docs, factory });
