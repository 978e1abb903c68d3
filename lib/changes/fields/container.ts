import { z } from 'zod'
import { endpointName } from './names'
import { ecsName, wholeNumber } from './text'

export const port = wholeNumber('The port', 1, 65_535)

/** `awsvpc` mode: the host port is the container port. */
const portInput = z
  .object({
    /** Empty: none; Service Connect needs one. */
    name: endpointName('port name'),
    containerPort: port,
    protocol: z.enum(['tcp', 'udp']),
    /** Empty: plain TCP. Service Connect reads it, and it cannot be changed later (ECS developer guide, "Service Connect"). */
    appProtocol: z.enum(['', 'http', 'http2', 'grpc']),
  })
  .refine(({ protocol, appProtocol }) => protocol === 'tcp' || appProtocol === '', {
    path: ['appProtocol'],
    message: 'HTTP, HTTP/2 and gRPC run over TCP.',
  })

const variableName = z
  .string()
  .min(1, 'Give the variable a name.')
  .max(255, 'The name has at most 255 characters.')
  .regex(/^[^=\0]*$/, 'A name cannot hold = or NUL.')

const variable = z.object({
  name: variableName,
  value: z
    .string()
    .max(32_768, 'A value has at most 32,768 characters.')
    .regex(/^[^\0]*$/, 'A value cannot hold the character NUL.'),
})

const secret = z.object({
  name: variableName,
  /** ARN of a Secrets Manager secret or of an SSM parameter; the parameter's name in the same region. */
  valueFrom: z
    .string()
    .min(1, 'Name the secret or parameter.')
    .max(2_048, 'At most 2,048 characters.')
    .regex(/^\S*$/, 'An ARN or a parameter name has no spaces.'),
})

/** ECS API reference, HealthCheck: seconds. */
const healthCheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('shell'),
    /** Run by the container's shell; exit code 0 is healthy. */
    command: z
      .string()
      .min(1, 'Say what is run, for example curl -f http://localhost/ || exit 1.')
      .max(4_096, 'At most 4,096 characters.'),
    intervalSeconds: wholeNumber('The interval', 5, 300),
    timeoutSeconds: wholeNumber('The timeout', 2, 60),
    retries: wholeNumber('The number of retries', 1, 10),
    startPeriodSeconds: wholeNumber('The start period', 0, 300),
  }),
])

/** Where a container writes its output. */
export const logs = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('awslogs'),
    /** CloudWatch Logs API reference, CreateLogGroup. */
    group: z
      .string()
      .min(1, 'Name the log group.')
      .max(512, 'A log group has at most 512 characters.')
      .regex(/^[.\-_/#A-Za-z0-9]*$/, 'Letters, digits and . - _ / # only.'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/, 'A region such as us-east-1.'),
    /** Fargate wants one; the stream is prefix/container/task. */
    streamPrefix: z
      .string()
      .min(1, 'Fargate needs a prefix.')
      .max(255, 'At most 255 characters.')
      .regex(/^[^:*]*$/, 'A prefix cannot hold : or *.'),
    createGroup: z.boolean(),
  }),
])

/** One container as the form has it. */
export const containerInput = z
  .object({
    name: ecsName('container'),
    image: z
      .string()
      .min(1, 'Name the image, for example nginx:1.27.')
      .max(255, 'An image has at most 255 characters.')
      .regex(/^[A-Za-z0-9_\-:./#@]*$/, 'An image holds letters, digits and : / . - _ # @ only.'),
    /** When it stops, the task stops. */
    essential: z.boolean(),
    /** Words of the command in place of the image's own; empty: the image's. */
    command: z.array(z.string().max(4_096, 'At most 4,096 characters.')).max(100, 'At most 100 words.'),
    ports: z.array(portInput).max(100, 'At most 100 ports.'),
    environment: z.array(variable).max(500, 'At most 500 variables.'),
    secrets: z.array(secret).max(200, 'At most 200 secrets.'),
    healthCheck,
    logs,
  })
  .superRefine(({ environment, secrets }, context) => {
    const seen = new Set<string>()
    const check = (list: 'environment' | 'secrets') => (one: { name: string }, index: number) => {
      if (seen.has(one.name))
        context.addIssue({
          code: 'custom',
          path: [list, index, 'name'],
          message: `${one.name || 'This name'} is set twice; only one can win.`,
        })
      seen.add(one.name)
    }
    environment.forEach(check('environment'))
    secrets.forEach(check('secrets'))
  })

export type ContainerInput = z.infer<typeof containerInput>
