import { z } from 'zod'
import type { Command, OutputName, PlannedCall } from './command'
import { commandSchemas } from './command-schema'
import { faultsOfPlanned, isPlannedCall } from './modelled-input'
import { parseJson } from './parse-json'
import type { Plan, Planned, PlanStep } from './plan'
import { refsIn } from './references'
import { planStep } from './step'
import { subjectOfCall } from './subject-of-call'

const MOST_STEPS = 200

const isCommand = (name: string): name is Command => Object.hasOwn(commandSchemas, name)

/** An exported plan as lib/plan/render/json writes it. Nothing that decides how it runs is taken from the file. */
const fileSchema = z.strictObject({
  switchboard: z.literal(1, 'Only exports of version 1 are known.'),
  title: z.string().trim().min(1).max(300),
  steps: z
    .array(
      z.strictObject({
        id: z
          .string()
          .max(200)
          .regex(/^[a-z0-9][a-z0-9-]*$/, 'An id is lower-case letters, digits and hyphens.'),
        sentence: z.string().min(1).max(2_000),
        command: z.string().refine(isCommand, 'A plan cannot hold this command.'),
        input: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1, 'The plan has no steps.')
    .max(MOST_STEPS, `A plan has at most ${MOST_STEPS} steps.`),
})

type FileStep = z.infer<typeof fileSchema>['steps'][number]

const outputsOf: Readonly<Partial<Record<Command, readonly OutputName[]>>> = {
  'ecs:CreateCluster': ['clusterArn'],
  'ecs:RegisterTaskDefinition': ['taskDefinitionArn'],
  'ecs:CreateService': ['serviceArn'],
  'ecs:UpdateService': ['serviceArn'],
  'ecs:RunTask': ['taskArn'],
  'servicediscovery:CreatePrivateDnsNamespace': ['namespaceId', 'namespaceArn'],
  'servicediscovery:CreatePublicDnsNamespace': ['namespaceId', 'namespaceArn'],
  'servicediscovery:CreateHttpNamespace': ['namespaceId', 'namespaceArn'],
  'servicediscovery:CreateService': ['discoveryServiceId', 'discoveryServiceArn'],
}

/** Tokens are the run's own: one of a file would make two runs one. */
const tokenMembers = ['clientToken', 'CreatorRequestId']

function faultOfStep(step: FileStep, earlier: ReadonlyMap<string, Command>): string | null {
  if (earlier.has(step.id)) return 'Another step has this id.'
  const token = tokenMembers.find((name) => Object.hasOwn(step.input, name))
  if (token) return `${token} is given by the run; leave it out.`
  const [fault] = faultsOfPlanned(step.command, step.input)
  if (fault) return `${fault.path} ${fault.why}.`
  for (const { $ref } of refsIn(step.input)) {
    const command = earlier.get($ref.step)
    if (!command) return `It refers to step ${$ref.step}, which is not an earlier one.`
    if (!outputsOf[command]?.includes($ref.output)) return `Step ${$ref.step} gives no ${$ref.output}.`
  }
  return null
}

const destroys = (command: Command): boolean => /:(Delete|Deregister|Stop)/.test(command)

const refuse = (message: string): Planned => ({
  ok: false,
  code: 'InvalidPlan',
  message: message.slice(0, 1_000),
  remedy: 'Correct the text, or export the plan again; nothing was sent.',
})

function stepOf({ id, sentence, command, input }: FileStep): PlanStep | null {
  const call = { command, input }
  return isPlannedCall(call) ? planStep(call satisfies PlannedCall, { id, sentence }) : null
}

/**
 * A plan from an exported text. Pure and total. Permissions, waits and undo are made anew, whatever the file says; `seen` is empty and is
 * filled in from the target by the caller. What destroys asks for the name of the first thing that goes.
 */
export function planFromText(text: string): Planned {
  const json = parseJson(text)
  if ('fault' in json) return refuse(json.fault)
  const parsed = fileSchema.safeParse(json.value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.map(String).join('.') || 'the plan'
    return refuse(`${where}: ${issue?.message ?? 'not valid'}`)
  }
  const earlier = new Map<string, Command>()
  const steps: PlanStep[] = []
  for (const fileStep of parsed.data.steps) {
    const fault = faultOfStep(fileStep, earlier)
    const step = fault === null ? stepOf(fileStep) : null
    if (!step) return refuse(`Step ${fileStep.id}: ${fault ?? 'its input is not valid.'}`)
    earlier.set(step.id, step.command)
    steps.push(step)
  }
  const destroying = steps.find(({ command }) => destroys(command))
  const plan: Plan = {
    title: parsed.data.title,
    steps,
    seen: [],
    consequences: destroying
      ? [
          {
            tone: 'danger',
            text: 'This plan deletes or stops things. It comes from a text: look at each step.',
          },
        ]
      : [{ tone: 'info', text: 'This plan comes from a text: look at each step before it runs.' }],
    confirm: destroying ? subjectOfCall(destroying.input) || parsed.data.title : null,
  }
  return { ok: true, plan }
}
