/** The directions of ARCHITECTURE.md, held from the first commit: app -> components -> lib. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-circular', 'A cycle means two files are one thing.', {}, { circular: true }),
    rule(
      'lib-looks-down',
      'lib knows no components and no routes.',
      { path: '^lib/' },
      { path: '^(app|components)/' },
    ),
    rule(
      'components-look-down',
      'Components know no routes; actions are handed in as props.',
      { path: '^components/' },
      { path: '^app/(?!actions/)' },
    ),
    rule(
      'emulator-alone',
      'The local cloud imports nothing of the console.',
      { path: '^lib/emulator/' },
      { path: '^(app|components|lib/(?!emulator/))' },
    ),
    rule(
      'nobody-imports-emulator',
      'The console and the local cloud meet only on the wire.',
      { path: '^(app|components|lib/(?!emulator/|launch/))' },
      { path: '^lib/emulator/' },
    ),
    rule(
      'inventory-stands-below',
      'The inventory is what AWS said; it knows neither what is drawn of it nor what is changed.',
      { path: '^lib/inventory/' },
      { path: '^lib/(?!inventory/|target/)' },
    ),
    rule(
      'pure-topology',
      'The map is made from the inventory model alone.',
      { path: '^lib/topology/' },
      { pathNot: '^lib/(topology/|inventory/model)' },
    ),
    rule(
      'pure-changes',
      'A change is made from the inventory model; running it is lib/plan.',
      { path: '^lib/changes/' },
      {
        pathNot:
          '^(lib/(changes/|inventory/model|plan/(plan|step|seen|command)|topology/(model|ids|evidence|host-names))|node_modules/zod)',
      },
    ),
    rule(
      'no-sdk-in-components',
      'The browser never sees the AWS SDK.',
      { path: '^components/' },
      {
        path: '@aws-sdk|@smithy|^lib/(target|inventory/read|inventory/watch|world/read|access/session|probe/call|probe/run|plan/(run/|runner|current-runner|commands/|waits/|journal/))',
      },
    ),
    rule(
      'no-tests-in-product',
      'Product code does not lean on test support.',
      { path: '^(app|components|lib)/' },
      { path: '^tests/' },
    ),
    rule(
      'state-imports-nobody',
      'The store of the local cloud knows only itself.',
      { path: '^lib/emulator/state/' },
      {
        pathNot:
          '^(lib/emulator/(state/|clock|ids|arn|scope|service-connect/(frozen-names|proxy-spec))|node_modules/@aws-sdk)',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.next|dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
