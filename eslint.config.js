/** Few rules, each against a mistake that the boards could make. `npm run lint` */
import globals from "globals";

/** What puts a stranger's text into the page as HTML, or runs it. */
const HTML = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "setHTMLUnsafe", "createContextualFragment", "parseHTMLUnsafe"];
const AS_HTML = "User text reaches the page as text nodes only: use element() or textContent.";
const HANDLER = "A handler that returns false takes the key or click away from the browser: put its body in braces.";

/** A handler may return what a call returns, never the outcome of a comparison, a choice or an assignment. */
const RETURNS = "ArrowFunctionExpression:matches([body.type='LogicalExpression'], [body.type='BinaryExpression'], "
  + "[body.type='UnaryExpression'], [body.type='AssignmentExpression'])";

export default [
  { ignores: ["**/vendor/", "**/node_modules/", "**/.venv/", "build/", "dist/"] },
  {
    files: ["**/*.js", "**/*.mjs"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.node },
    rules: {
      "no-undef": "error",
      "no-unused-vars": ["error", { args: "after-used", caughtErrors: "all" }],
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "eqeqeq": "error",
      "prefer-const": "error",
      "no-var": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-fallthrough": "error",
      "no-dupe-keys": "error",
      "no-dupe-class-members": "error",
      "no-unreachable": "error",
      "no-unsafe-finally": "error",
      "no-self-assign": "error",
      "no-const-assign": "error",
      "no-import-assign": "error",
      "no-constant-condition": ["error", { checkLoops: false }],
      "no-loss-of-precision": "error",
      "no-promise-executor-return": "off",
      "array-callback-return": "error",
      "getter-return": "error",
      "use-isnan": "error",
      "valid-typeof": "error",
      "no-restricted-properties": ["error",
        ...HTML.map((property) => ({ property, message: AS_HTML })),
        { object: "document", property: "write", message: AS_HTML },
        { object: "document", property: "writeln", message: AS_HTML },
      ],
    },
  },
  {
    files: ["copdash/components/boards/**/*.js", "benchmarks/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "no-restricted-syntax": ["error",
        { selector: `CallExpression[callee.property.name='addEventListener'] > ${RETURNS}`, message: HANDLER },
        { selector: `Property[key.name=/^on[a-z]+$/] > ${RETURNS}`, message: HANDLER },
        { selector: `AssignmentExpression[left.property.name=/^on[a-z]+$/] > ${RETURNS}`, message: HANDLER },
      ],
      "no-restricted-globals": ["error", "event", "name", "status", "top", "parent", "length", "find", "open", "close", "stop"],
    },
  },
];
