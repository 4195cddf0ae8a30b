export { Plot } from "./Plot";
