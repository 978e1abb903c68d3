import 'server-only'
import { randomBytes } from 'node:crypto'
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { runScript } from '@/lib/exec/run-script'
import { currentFeed } from '@/lib/feed/feed'
import { currentRunner } from '@/lib/plan/current-runner'
import type { Actor } from '@/lib/plan/run/record'
import { currentTarget } from '@/lib/target/current'
import type { ServiceNode } from '@/lib/topology/model'
import { worldOfConsole } from '../run-console'
import type { CallRequest } from '../trip'
import { type CallerPlace, type ExecState, execStateOf } from './exec-state'
import type { TaskProbeWorld } from './run'

/** A session at AWS takes some seconds to stand; the request itself has five. */
const limits = { deadlineMs: 30_000, maxOutputBytes: 300 * 1024 }

/** The role of the revision that its tasks run; undefined when it could not be read. */
async function readTaskRole(taskDefinitionArn: string): Promise<string | null | undefined> {
  const { ecs } = currentTarget().clients()
  return ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinitionArn })).then(
    ({ taskDefinition }) => taskDefinition?.taskRoleArn ?? null,
    // Not being told is no reason to say that there is none.
    () => undefined,
  )
}

/** Whether the console can run a command in a task of this service now; null: the map has no such service. */
export async function readExecState(
  serviceId: string,
  isOperator: boolean,
): Promise<{ readonly state: ExecState; readonly node: ServiceNode } | null> {
  const topology = await currentFeed().fresh()
  const inventory = currentFeed().inventory()
  const node = topology?.services.find(({ id }) => id === serviceId)
  if (!topology || !inventory || !node) return null
  const facts = { target: topology.target, readOnly: !isOperator, taskRoleArn: undefined }
  const first = execStateOf(node, inventory, facts)
  if (first.place || topology.target.kind === 'local' || !node.ecs) return { state: first, node }
  const taskRoleArn = await readTaskRole(node.ecs.taskDefinitionArn)
  return { state: execStateOf(node, inventory, { ...facts, taskRoleArn }), node }
}

const ways: Readonly<Record<CallRequest['via'], string>> = {
  alias: 'by its Service Connect alias',
  dns: 'by its DNS name',
  discover: 'as DiscoverInstances answers',
  tasks: 'at the address of a task',
}

/** The world of a call from a task: what is run there is written down before and after, as every change is. */
export async function worldOfTask(
  place: CallerPlace,
  request: CallRequest,
  names: { readonly caller: string; readonly target: string },
  by: Actor,
  env: Readonly<Record<string, string | undefined>>,
): Promise<TaskProbeWorld> {
  const world = await worldOfConsole(env)
  const { settings, clients } = currentTarget()
  return {
    ...world,
    makeMark: () => randomBytes(12).toString('hex'),
    runScript: (script, signal, onBegun) =>
      currentRunner().audited(
        {
          action: 'call-from-task',
          command: 'ecs:ExecuteCommand',
          subject: `${names.caller} ${place.taskId.slice(0, 8)}`,
          sentence: `Call ${names.target} from a task of ${names.caller}: ${request.method} ${request.path.slice(0, 200)} ${ways[request.via]}.`,
          by,
        },
        (noteRequest) =>
          runScript(
            place,
            script,
            { ecs: clients().ecs, target: settings, now: world.now, noteRequest },
            limits,
            signal,
            onBegun,
          ),
      ),
  }
}
