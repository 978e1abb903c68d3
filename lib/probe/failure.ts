import type { ErrorKind, Via } from './trip'

/** A failure for a person: what it is, what it usually means, what to do next. */
export type Failure = { readonly title: string; readonly meaning: string; readonly remedy: string }

const failures: Readonly<Record<ErrorKind, Failure>> = {
  resolve: {
    title: 'The name did not resolve',
    meaning: 'Nobody could say which address belongs to this name, so there was nothing to connect to.',
    remedy:
      'Check that the Cloud Map service still exists, and that the console may ask (the step says who refused).',
  },
  'no-instances': {
    title: 'The name has no addresses',
    meaning:
      'The service is known, but no instance is registered: its tasks are stopped, starting, or not registering.',
    remedy: 'Scale the service to at least 1, or read its events for why tasks do not stay up.',
  },
  'no-port': {
    title: 'No port is known',
    meaning: 'An A record carries no port, and neither the registration nor the task definition names one.',
    remedy: 'Add a port mapping to the task definition, or register the service with SRV records.',
  },
  denied: {
    title: 'The console refuses this address',
    meaning:
      'Calls go only to instances that ECS or Cloud Map returned for this service, never to metadata, link-local or own addresses.',
    remedy:
      'The resolve step names each refused address and why. A stale DNS answer goes away after its TTL.',
  },
  refused: {
    title: 'Connection refused',
    meaning: 'The machine is there, but no process listens on this port.',
    remedy:
      'Compare the port with what the container listens on, and look at the task: it may be starting or gone.',
  },
  unreachable: {
    title: 'No route to the address',
    meaning: 'The network between the console and the task has no way there.',
    remedy:
      'Private addresses of a VPC are reachable only from inside it: run the console there, or use a VPN.',
  },
  'connect-timeout': {
    title: 'No connection within 1 second',
    meaning: 'Packets vanish: most often a security group, or an address that nobody has any more.',
    remedy: 'Allow the port in the security group of the tasks, and check that the task still runs.',
  },
  'first-byte-timeout': {
    title: 'Connected, but no answer within 3 seconds',
    meaning:
      'The process accepted the connection and then said nothing: it is busy, stuck, or speaks another protocol.',
    remedy: 'Look at its log and CPU, and check that this port speaks HTTP and not TLS or gRPC.',
  },
  deadline: {
    title: 'Not finished within 5 seconds',
    meaning: 'The answer began but did not end in time.',
    remedy: 'Call a smaller path such as a health check; a stream never ends and cannot be called this way.',
  },
  reset: {
    title: 'The connection was cut',
    meaning:
      'The task closed the connection before the answer was complete: it crashed, or it is being stopped.',
    remedy: 'Look at the log and the stopped reason of that task, then call again.',
  },
  'headers-too-large': {
    title: 'Headers over 16 KiB',
    meaning: 'The answer starts with more headers than any healthy service sends.',
    remedy: 'Look for runaway cookies or debug headers in the service.',
  },
  'body-too-large': {
    title: 'Answer over 256 KiB',
    meaning: 'The instance answered; the console stopped reading at its limit.',
    remedy: 'Call a path with a smaller answer to see it whole.',
  },
  'bad-encoding': {
    title: 'The answer cannot be decompressed',
    meaning: 'Its Content-Encoding is broken, unknown, or applied more than once.',
    remedy: 'Check proxies and middleware that compress: exactly one of them should.',
  },
  'bad-response': {
    title: 'Not an HTTP answer',
    meaning: 'Something listens on this port, but what it said is not HTTP.',
    remedy: 'Check the port: databases, gRPC and TLS listeners answer like this.',
  },
  'no-exec': {
    title: 'The task could not be entered',
    meaning: 'ECS Exec gave no session, or it ended before the request was made.',
    remedy: 'The message says what AWS reported; check the agent, the task role and the way to ssmmessages.',
  },
  'no-program': {
    title: 'The container has nothing to call with',
    meaning: 'It has a shell, but none of curl, wget, node, python3, bash and nc.',
    remedy: 'Call from another service’s task, or add one of them to the image.',
  },
  'http-4xx': {
    title: 'The instance refused the request',
    meaning: 'Name, network and process all work; the service does not serve this path or method to you.',
    remedy: 'Try another path, for example / or /health.',
  },
  'http-5xx': {
    title: 'The instance failed inside',
    meaning: 'Name, network and process all work; the service itself, or something it calls, failed.',
    remedy: 'Read its log around this time: the call id below is in the request headers.',
  },
  failed: {
    title: 'The call failed',
    meaning: 'Something happened that the console has no name for.',
    remedy: 'The message says what the system reported.',
  },
}

const unknownAlias: Failure = {
  title: 'The task does not know this alias',
  meaning:
    'Service Connect writes an alias into the tasks of services that are in the same Service Connect namespace and were deployed after it was made.',
  remedy:
    'Call by DNS where the service has a DNS name; or put the caller into Service Connect there, and redeploy it if it is in it already.',
}

/** What a failure usually means and what to do about it, of a call that found its place in this way. */
export const failureOf = (kind: ErrorKind, via?: Via): Failure =>
  kind === 'resolve' && via === 'alias' ? unknownAlias : failures[kind]
