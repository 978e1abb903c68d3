/** What `npm run bench` can measure, as tests/bench/main.mjs names it. */
export const benchParts = {
  cloud: 'the local cloud: start, requests per second, memory',
  map: 'npm start until the map stands, a change until it shows, JavaScript of the page',
  poll: 'API calls for one look at 1,000 services',
  render: 'plans as code, and texts of every kind through it and back',
  'service-connect':
    'requests through a proxy, beside HAProxy where that is installed; calls while tasks die',
  toggle: 'Service Connect on, until a call by the alias is answered',
  wizard: 'steps, previews, and deploying an example, in the browser',
  writes: 'changes per second that are kept, and kill -9',
}

const list = Object.entries(benchParts)
  .map(([name, what]) => `  ${name.padEnd(17)}${what}`)
  .join('\n')

export const benchUsage = `npm run bench                 everything, some minutes on a machine that does nothing else
npm run bench -- [parts]

Parts:
${list}

Installs and builds what is missing first, ends with README's table, and with exit code 1 when a bound is not held.
`
