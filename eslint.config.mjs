import next from 'eslint-config-next/core-web-vitals'
import typescript from 'eslint-config-next/typescript'

// Biome formats and runs the fast rules; ESLint adds what only it knows: Next, the rules of hooks, jsx-a11y.
const config = [
  { ignores: ['.next*/**', 'dist/**', 'node_modules/**', 'next-env.d.ts', '.dependency-cruiser.cjs'] },
  ...next,
  ...typescript,
  // CommonJS on purpose: only `node --require` also reaches the worker threads of a task.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='innerHTML']", message: 'Text only: see threat S-10.' },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Text only: see threat S-10.',
        },
      ],
    },
  },
]

export default config
