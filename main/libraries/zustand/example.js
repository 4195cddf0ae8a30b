const { createStore } = require("zustand");

const store = createStore(() => ({ count: 0 }));
const increment = () => store.setState((state) => ({ count: state.count + 1 }));

store.subscribe((state) => console.log("count is", state.count));
increment();
increment();
