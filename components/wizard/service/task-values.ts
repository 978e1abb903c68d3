import { z } from 'zod'
import { tagValues } from '../namespace/values'

const number = z.number().nullable()

export const portValues = z.object({
  name: z.string(),
  containerPort: number,
  protocol: z.enum(['tcp', 'udp']),
  appProtocol: z.enum(['', 'http', 'http2', 'grpc']),
})

export type PortValues = z.infer<typeof portValues>

export const containerValues = z.object({
  name: z.string(),
  image: z.string(),
  essential: z.boolean(),
  /** As one line; words are parted by spaces, quotes hold them together. */
  command: z.string(),
  ports: z.array(portValues),
  environment: z.array(z.object({ name: z.string(), value: z.string() })),
  secrets: z.array(z.object({ name: z.string(), valueFrom: z.string() })),
  healthCheck: z.object({
    kind: z.enum(['none', 'shell']),
    command: z.string(),
    intervalSeconds: number,
    timeoutSeconds: number,
    retries: number,
    startPeriodSeconds: number,
  }),
  logs: z.object({
    kind: z.enum(['none', 'awslogs']),
    group: z.string(),
    region: z.string(),
    streamPrefix: z.string(),
    createGroup: z.boolean(),
  }),
})

export type ContainerValues = z.infer<typeof containerValues>

export const taskValues = z.object({
  family: z.string(),
  cpu: z.number(),
  memoryMib: z.number(),
  architecture: z.enum(['X86_64', 'ARM64']),
  executionRoleArn: z.string(),
  taskRoleArn: z.string(),
  containers: z.array(containerValues),
  tags: tagValues,
})

export type TaskValues = z.infer<typeof taskValues>

export function firstContainerValues(region: string): ContainerValues {
  return {
    name: '',
    image: '',
    essential: true,
    command: '',
    ports: [{ name: 'http', containerPort: 8080, protocol: 'tcp', appProtocol: 'http' }],
    environment: [],
    secrets: [],
    healthCheck: {
      kind: 'none',
      command: '',
      intervalSeconds: 30,
      timeoutSeconds: 5,
      retries: 3,
      startPeriodSeconds: 0,
    },
    logs: { kind: 'none', group: '', region, streamPrefix: 'ecs', createGroup: false },
  }
}

export function firstTaskValues(region: string): TaskValues {
  return {
    family: '',
    cpu: 256,
    memoryMib: 512,
    architecture: 'X86_64',
    executionRoleArn: '',
    taskRoleArn: '',
    containers: [firstContainerValues(region)],
    tags: [],
  }
}

/** The words of a command line: quotes hold a word together, a backslash takes the next character as it is. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at)
    if (char === '\\' && quote !== "'" && at + 1 < line.length) {
      at += 1
      word = (word ?? '') + line.charAt(at)
    } else if (quote !== '') {
      if (char === quote) quote = ''
      else word = (word ?? '') + char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + char
  }
  return word === null ? words : [...words, word]
}

/** The form's part of the change's input. */
export function toTaskInput(values: TaskValues): unknown {
  return {
    ...values,
    containers: values.containers.map((container) => ({
      ...container,
      command: splitWords(container.command),
    })),
  }
}
