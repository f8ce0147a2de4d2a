import { mount, element } from "./board.js";
export default (component) => mount(component, (board) => {
  const list = element("div", {}); board.root.append(list);
  return {
    apply(view, g) { if (g.name === "moved") for (const m of g.moves) { const r = view.stakeholders.find((s) => s.id === m.id); if (r) Object.assign(r, {power: m.power, interest: m.interest}); } },
    render(view) {
      list.replaceChildren(...view.stakeholders.map((s) => element("button", { onclick: () => board.send("moved", { moves: [{ id: s.id, power: (s.power ?? 0) + 0.1, interest: s.interest ?? 0, seen: { power: s.power, interest: s.interest } }] }) }, `${s.name} ${s.power}`)));
    },
  };
});
