/** Whatever somebody types in a field of text is kept as a draft: found in the sources, so that no new form forgets it. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const SOURCES = fileURLToPath(new URL("..", import.meta.url));
const TEXT_FIELDS = ["TextField", "TextArea", "Textarea", "TextInput", "MentionField", "input"];
/** One choice, and no words. */
const NO_WORDS = ["DateField", "SearchField"];

/** State that is lost with its page, on purpose, by the file and the name of the state. */
const NOT_KEPT = new Set([
  // Secrets, and who signs in: on a shared device the next person must not find them.
  "features/account/ConfirmCode.tsx: code",
  "features/session/ForgotPasswordPage.tsx: email",
  "features/session/SecondFactorForm.tsx: code",
  "features/session/SignInPage.tsx: email",
  // Nobody signs by a draft.
  "features/rights/ConsentDialogs.tsx: signedName",
  "features/versions/SignPage.tsx: name",
  // Compared, not written.
  "features/versions/VerifyPage.tsx: typed",
  "ui/SearchField.tsx: text",
  // A few blanks of a text from the bank, which is inserted with them into a field that is kept.
  "lib/bank/FillForm.tsx: values",
  // One address, put into a document that is kept by itself.
  "editor/LinkDialog.tsx: typed",
]);

interface Component {
  file: string;
  name: string;
  /** Of `useState`: the name of the value and of what sets it. */
  states: { value: string; set: string }[];
  parameters: string[];
  /** Elements, with the names that their value and their changes use. */
  elements: { tag: string; shows: Set<string>; changes: Set<string> }[];
}

const names = (node: ts.Node): string[] => {
  const found: string[] = [];
  const visit = (child: ts.Node) => {
    if (ts.isIdentifier(child)) found.push(child.text);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
};

/** A value that is computed from others uses what they use. */
function withSources(uses: Set<string>, computed: Map<string, Set<string>>): Set<string> {
  const all = new Set<string>();
  const add = (name: string) => {
    if (all.has(name)) return;
    all.add(name);
    for (const source of computed.get(name) ?? []) add(source);
  };
  for (const name of uses) add(name);
  return all;
}

function componentsOf(file: string, text: string): Component[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: Component[] = [];
  for (const statement of source.statements) {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) continue;
    const states: Component["states"] = [];
    const computed = new Map<string, Set<string>>();
    const elements: Component["elements"] = [];
    const visit = (node: ts.Node) => {
      if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
        const call = node.initializer;
        const isState = ts.isCallExpression(call) && call.expression.getText() === "useState";
        const isOther = ts.isCallExpression(call) && /^use[A-Z]/u.test(call.expression.getText());
        if (isState) {
          const [value = "", set = ""] = names(node.name);
          states.push({ value, set });
        } else if (!isOther)
          for (const name of names(node.name)) computed.set(name, new Set(names(call)));
      }
      if (ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) {
        const { properties } = node.attributes;
        const of = (pattern: RegExp) => {
          const named = properties.filter(
            (one) => ts.isJsxAttribute(one) && pattern.test(one.name.getText()),
          );
          return new Set(
            (named.length > 0 ? named : properties.filter(ts.isJsxSpreadAttribute)).flatMap(names),
          );
        };
        const [shows, changes] = [of(/^(value|values|entry|kept|typed)$/u), of(/^(on[A-Z]|set)/u)];
        elements.push({ tag: node.tagName.getText(), shows, changes });
      }
      ts.forEachChild(node, visit);
    };
    visit(statement);
    found.push({
      ...{ file, name: statement.name.text, states },
      parameters: statement.parameters.flatMap((parameter) => names(parameter.name)),
      elements: elements.map(({ tag, shows, changes }) => ({
        ...{ tag, shows: withSources(shows, computed), changes: withSources(changes, computed) },
      })),
    });
  }
  return found;
}

/** State of `useState` that ends in a field of text, through whatever components pass it on. */
function unkeptTexts(components: readonly Component[]): Set<string> {
  const fields = new Set(TEXT_FIELDS);
  const typedIn = ({ elements }: Component) => elements.filter(({ tag }) => fields.has(tag));
  for (let before = -1; before !== fields.size; ) {
    before = fields.size;
    for (const component of components)
      if (
        !NO_WORDS.includes(component.name) &&
        typedIn(component).some(({ changes }) => component.parameters.some((p) => changes.has(p)))
      )
        fields.add(component.name);
  }
  return new Set(
    components.flatMap((component) =>
      typedIn(component).flatMap(({ shows, changes }) =>
        component.states
          .filter(({ value, set }) => shows.has(value) && changes.has(set))
          .map(({ value }) => `${component.file}: ${value}`),
      ),
    ),
  );
}

const components = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => /(?<!\.test)\.tsx$/u.test(file))
  .flatMap((file) => componentsOf(file, readFileSync(`${SOURCES}/${file}`, "utf8")));

test("no form loses what is typed in it", () => {
  expect([...unkeptTexts(components)].sort()).toEqual([...NOT_KEPT].sort());
});

test("finds a text that is not kept, also through a component and a computed value", () => {
  const parent = `function Form() {
    const [values, setValues] = useState({ why: "" });
    const { why } = values;
    return <Words value={why} onChange={(text) => setValues({ why: text })} />;
  }`;
  const child = `function Words({ value, onChange }) {
    return <TextArea value={value} onChange={onChange} />;
  }`;
  const found = unkeptTexts([...componentsOf("a.tsx", parent), ...componentsOf("b.tsx", child)]);
  expect([...found]).toEqual(["a.tsx: values"]);
  const kept = parent.replace("useState(", 'useDraft("why", ');
  const none = unkeptTexts([...componentsOf("a.tsx", kept), ...componentsOf("b.tsx", child)]);
  expect([...none]).toEqual([]);
});
