import type {
  ContainerDefinition,
  CreateServiceRequest,
  RegisterTaskDefinitionRequest,
  Service,
  Task,
} from '@aws-sdk/client-ecs'
import type { EmulatorConfig } from '@/lib/emulator/config'
import type { Context } from '@/lib/emulator/context'
import { ecsOperations } from '@/lib/emulator/ecs/operations'
import type { RuntimeListener } from '@/lib/emulator/runtime/runtime'
import { type Scheduler, startScheduler } from '@/lib/emulator/scheduler/loop'
import type { ClusterRecord, ServiceRecord, TaskRecord } from '@/lib/emulator/state/ecs'
import type { Regions } from '@/lib/emulator/state/region'
import { ApiError } from '@/lib/emulator/wire/api-error'
import type { Wire } from '@/lib/emulator/wire/wire-type'
import { type FakeRuntime, makeFakeRuntime } from './fake-runtime'
import { makeTestContext, type TestContext } from './test-context'

/** Short times, all different, so that a test sees which of them passed. */
export const testTimes = {
  taskStepMs: 100,
  healthyAfterMs: 1_000,
  startDelayMs: 2_000,
  startDelayMaxMs: 32_000,
  stoppedTaskKeptMs: 3_600_000,
  inactiveServiceKeptMs: 3_600_000,
  customHealthDelayMs: 500,
} as const

/** ECS and its scheduler without a wire: operations by name, a clock to move, a runtime to command. */
export type TestEcs = Omit<TestContext, 'runtime'> & {
  readonly runtime: FakeRuntime
  readonly scheduler: Scheduler
  /** Calls an operation as the wire would. */
  call<Output = Record<string, unknown>>(operation: string, input?: object): Wire<Output>
  /** The code and message that an operation refuses with. */
  refusal(operation: string, input?: object): { readonly code: string; readonly message: string }
  advance(ms: number): void
  service(name: string): Wire<Service>
  serviceRecord(name: string): ServiceRecord
  /** Tasks of a service that are meant to run. */
  tasks(service: string): TaskRecord[]
  task(id: string): Wire<Task>
  cluster(name?: string): ClusterRecord
  /** Messages of a service's events, newest first. */
  events(service: string): string[]
}

export function makeTestEcs(config: Partial<EmulatorConfig> = {}, regions?: Regions): TestEcs {
  const base = makeTestContext({ ...testTimes, ...config }, regions)
  let listener: RuntimeListener = () => {}
  const runtime = makeFakeRuntime(base.clock, (event) => listener(event))
  const context: Context & TestContext & { runtime: FakeRuntime } = {
    ...base,
    runtime,
    wakeScheduler: (scope) => scheduler.wake(scope),
  }
  const scheduler = startScheduler(context)
  listener = scheduler.onRuntimeEvent

  const call = <Output>(operation: string, input: object = {}): Wire<Output> => {
    const handler = ecsOperations[operation]
    if (!handler) throw new Error(`No operation ${operation}`)
    // The wire checks shapes; tests write them down as they are.
    return handler(context, input as never) as Wire<Output>
  }
  const cluster = (name = 'default'): ClusterRecord => {
    const found = context.state.ecs.clusters.get(name)
    if (!found) throw new Error(`No cluster ${name}`)
    return found
  }
  const serviceRecord = (name: string): ServiceRecord => {
    const found = cluster().services.get(name)
    if (!found) throw new Error(`No service ${name}`)
    return found
  }
  return {
    ...context,
    scheduler,
    call,
    refusal(operation, input) {
      try {
        call(operation, input)
      } catch (error) {
        if (error instanceof ApiError) return { code: error.code, message: error.message }
        throw error
      }
      throw new Error(`${operation} was not refused`)
    },
    advance: (ms) => base.clock.advance(ms),
    service(name) {
      const { services = [] } = call<{ services: Service[] }>('DescribeServices', { services: [name] })
      const [service] = services
      if (!service) throw new Error(`No service ${name}`)
      return service
    },
    serviceRecord,
    tasks: (name) =>
      [...serviceRecord(name).tasks.values()].filter(({ desiredStatus }) => desiredStatus === 'RUNNING'),
    task(id) {
      const [task] = call<{ tasks: Task[] }>('DescribeTasks', { tasks: [id] }).tasks
      if (!task) throw new Error(`No task ${id}`)
      return task
    },
    cluster,
    events: (name) => serviceRecord(name).events.map(({ message }) => message),
  }
}

/** A container that listens on 8080. */
export const appContainer: ContainerDefinition = {
  name: 'app',
  image: 'backend-api',
  portMappings: [{ containerPort: 8080 }],
}

/** A task definition that AWS finds nothing wrong with. */
export const goodTaskDefinition = (
  changes: Partial<RegisterTaskDefinitionRequest> = {},
): RegisterTaskDefinitionRequest => ({
  family: 'backend',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [appContainer],
  ...changes,
})

/** A service that AWS finds nothing wrong with. */
export const goodService = (changes: Partial<CreateServiceRequest> = {}): CreateServiceRequest => ({
  serviceName: 'web',
  taskDefinition: 'backend',
  desiredCount: 2,
  launchType: 'FARGATE',
  networkConfiguration: {
    awsvpcConfiguration: { subnets: ['subnet-default'], securityGroups: ['sg-default'] },
  },
  ...changes,
})

/** The cluster `default` with the task definition `backend:1` in it. */
export function makeReadyEcs(
  config: Partial<EmulatorConfig> = {},
  definition: Partial<RegisterTaskDefinitionRequest> = {},
): TestEcs {
  const ecs = makeTestEcs(config)
  ecs.call('CreateCluster')
  ecs.call('RegisterTaskDefinition', goodTaskDefinition(definition))
  return ecs
}
