import type { StepName } from './trip'

/** One sentence per step for somebody who sees ECS discovery for the first time. */
export const lessons: Readonly<Record<StepName, string>> = {
  enter:
    'ECS Exec opens a session in the task, so the request leaves from its address, with its names and its security groups.',
  'resolve-by-alias':
    'Service Connect writes the alias into the task’s own hosts file; it leads to the proxy beside the application.',
  'resolve-by-discover':
    'DiscoverInstances is Cloud Map’s API: it returns the registered instances with their health and port, always as of now.',
  'resolve-by-dns':
    'DNS gives the same instances as records of a name; any program understands it, but clients keep an answer for its TTL.',
  pick: 'Discovery returns a list and balances nothing: the caller itself chooses one of the addresses.',
  connect:
    'A TCP connection to exactly the address that was resolved and checked; refused means that nothing listens there.',
  request: 'The request carries the name in its Host header, so that the service sees who was meant.',
  answer: 'Whoever has the address that was called is the one who answered; its own hostname confirms it.',
}
