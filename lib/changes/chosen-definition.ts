import type { WithRefs } from '../plan/command'
import type { Planned, PlanStep } from '../plan/plan'
import { planStep, refTo } from '../plan/step'
import { definitionFromForm } from './definition-from-form'
import type { TaskDefinitionChoice } from './inputs/service-shape'
import { refuse } from './refuse'
import { readTaskDefinitionJson, type TaskDefinitionInput } from './task-definition-json'
import type { World } from './world'

/** A port of a task definition, as registries and Service Connect name it. */
export type DefinedPort = { readonly container: string; readonly port: number; readonly name: string | null }

/** The task definition that a service or task shall run. */
export type ChosenDefinition = {
  /** The registration, when it is new. */
  readonly steps: readonly PlanStep[]
  /** ARN, or a reference to the registration. */
  readonly arn: WithRefs<string>
  /** `web:7`, `web (new revision)` */
  readonly label: string
  /** null: ECS's default, `bridge`; undefined: not known. */
  readonly networkMode: string | null | undefined
  /** null: not known. */
  readonly ports: readonly DefinedPort[] | null
  /** Sentences about what was left out of pasted JSON. */
  readonly remarks: readonly string[]
}

type Chosen = { readonly ok: true; readonly chosen: ChosenDefinition } | Extract<Planned, { ok: false }>

/** Fargate's agent writes logs and fetches secrets with this role (ECS developer guide, "Task execution role"). */
function needsExecutionRole(input: TaskDefinitionInput): boolean {
  if (input.executionRoleArn !== undefined || !input.requiresCompatibilities?.includes('FARGATE'))
    return false
  return (input.containerDefinitions ?? []).some(
    ({ logConfiguration, secrets }) =>
      logConfiguration?.logDriver === 'awslogs' || (secrets !== undefined && secrets.length > 0),
  )
}

const portsOf = (input: TaskDefinitionInput): readonly DefinedPort[] =>
  (input.containerDefinitions ?? []).flatMap((container) =>
    (container.portMappings ?? []).flatMap((port) =>
      port.containerPort === undefined
        ? []
        : [{ container: container.name ?? '', port: port.containerPort, name: port.name ?? null }],
    ),
  )

/** The registration of a task definition, as a step. */
export const registerStep = (input: TaskDefinitionInput, id = 'task-definition'): PlanStep =>
  planStep(
    { command: 'ecs:RegisterTaskDefinition', input },
    { id, sentence: `Register a revision of the task definition ${input.family ?? ''}.` },
  )

function registered(input: TaskDefinitionInput, remarks: readonly string[], world: World): Chosen {
  if (world.inventory.target.kind === 'aws' && needsExecutionRole(input))
    return refusal(
      'ExecutionRoleMissing',
      'Fargate needs a task execution role to write logs and to fetch secrets, and this task definition names none.',
      'Give it an execution role, for example ecsTaskExecutionRole.',
    )
  const step = registerStep(input)
  return {
    ok: true,
    chosen: {
      steps: [step],
      arn: refTo(step.id, 'taskDefinitionArn'),
      label: `${input.family ?? ''} (new revision)`,
      networkMode: input.networkMode ?? null,
      ports: portsOf(input),
      remarks,
    },
  }
}

function refusal(code: string, message: string, remedy: string): Extract<Planned, { ok: false }> {
  return { ok: false, code, message, remedy }
}

/** The task definition that the input names, brings by form or brings as JSON; or why it cannot be used. */
export function chooseDefinition(choice: TaskDefinitionChoice, world: World): Chosen {
  switch (choice.kind) {
    case 'form':
      return registered(definitionFromForm(choice.form), [], world)
    case 'json': {
      const read = readTaskDefinitionJson(choice.text)
      return read.ok
        ? registered(read.input, read.remarks, world)
        : refusal(
            'InvalidTaskDefinition',
            read.faults.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' '),
            'Correct the JSON; nothing was sent.',
          )
    }
    case 'existing': {
      if (world.revisionArns && !world.revisionArns.includes(choice.arn))
        return refusal(
          'TaskDefinitionGone',
          `${label(choice.arn)} is not an ACTIVE revision any more.`,
          'Choose another revision.',
        )
      const known = world.inventory.taskDefinitions[choice.arn]
      return {
        ok: true,
        chosen: {
          steps: [],
          arn: choice.arn,
          label: label(choice.arn),
          networkMode: known?.networkMode,
          ports: known
            ? known.containers.flatMap((container) =>
                container.ports.map(({ containerPort, name }) => ({
                  container: container.name,
                  port: containerPort,
                  name,
                })),
              )
            : null,
          remarks: [],
        },
      }
    }
  }
}

const label = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

/** Whether the launch type can run the network mode; null when it can or is not known. */
export function launchRefusal(launchType: string | null, definition: ChosenDefinition): Planned | null {
  if (launchType !== 'FARGATE' || definition.networkMode === undefined || definition.networkMode === 'awsvpc')
    return null
  return refuse(
    'NetworkMode',
    `${definition.label} uses network mode ${definition.networkMode ?? 'bridge'}, and Fargate runs awsvpc only.`,
    'Choose another task definition, or the launch type EC2.',
  )
}
