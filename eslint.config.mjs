import next from 'eslint-config-next/core-web-vitals'
import typescript from 'eslint-config-next/typescript'

// Biome formats and lints everything; ESLint adds what only it knows, where there is such a thing: Next, the rules of hooks, jsx-a11y.
const config = [
  {
    ignores: [
      '.next*/**',
      'dist/**',
      'lib/**',
      'node_modules/**',
      'tests/**',
      'next-env.d.ts',
      '.dependency-cruiser.cjs',
    ],
  },
  ...next,
  ...typescript,
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
