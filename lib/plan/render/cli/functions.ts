import { awsCallOf, type Shell } from './call'

/** The script's own functions; it gets those that it calls. */
export const functionNames = [
  'answer',
  'wait_operation',
  'wait_no_instances',
  'wait_rolled_back',
  'wait_namespace_empty',
] as const
export type FunctionName = (typeof functionNames)[number]

/** Seconds between two looks. */
export const PAUSE_SECONDS = 2

const answer = `# An id or an ARN out of an answer; anything else stops the script before it gets into a later call.
answer() {
  case $1 in
    '' | None | *[!A-Za-z0-9:/_.-]*)
      echo 'The answer holds no id; nothing more is sent.' >&2
      return 1
      ;;
  esac
  printf '%s\\n' "$1"
}`

const waitOperation = (
  shell: Shell,
) => `# Waits until Cloud Map has done what it accepted. $1: which operation, as JSON; $2: how often to look.
wait_operation() {
  looks=$2
  while [ "$looks" -gt 0 ]; do
    state=$(${indented(awsCallOf(shell, 'servicediscovery get-operation', '"$1"', 'Operation.Status'))})
    case $state in
      SUCCESS) return 0 ;;
      FAIL)
        ${indented(awsCallOf(shell, 'servicediscovery get-operation', '"$1"', 'Operation.ErrorMessage'))} >&2
        return 1
        ;;
    esac
    looks=$((looks - 1))
    sleep ${PAUSE_SECONDS}
  done
  echo 'Cloud Map has not finished in time.' >&2
  return 1
}`

const waitNoInstances = (
  shell: Shell,
) => `# Waits until a discovery service has no instance left. $1: which, as JSON; $2: how often to look.
wait_no_instances() {
  looks=$2
  while [ "$looks" -gt 0 ]; do
    count=$(${indented(awsCallOf(shell, 'servicediscovery list-instances', '"$1"', 'length(Instances)'))})
    if [ "$count" = 0 ]; then return 0; fi
    looks=$((looks - 1))
    sleep ${PAUSE_SECONDS}
  done
  echo 'The discovery service still has instances.' >&2
  return 1
}`

const waitRolledBack = (
  shell: Shell,
) => `# Waits until a deployment is rolled back. $1: which, as JSON; $2: how often to look.
wait_rolled_back() {
  looks=$2
  while [ "$looks" -gt 0 ]; do
    state=$(${indented(awsCallOf(shell, 'ecs describe-service-deployments', '"$1"', 'serviceDeployments[0].status'))})
    case $state in
      ROLLBACK_SUCCESSFUL | STOPPED) return 0 ;;
      ROLLBACK_FAILED | SUCCESSFUL)
        echo "The deployment ended as $state." >&2
        return 1
        ;;
    esac
    looks=$((looks - 1))
    sleep ${PAUSE_SECONDS}
  done
  echo 'The deployment was not rolled back in time.' >&2
  return 1
}`

const waitNamespaceEmpty = (
  shell: Shell,
) => `# Waits until ECS has taken its names out of a namespace. $1: which, as JSON; $2: how often to look.
wait_namespace_empty() {
  looks=$2
  while [ "$looks" -gt 0 ]; do
    count=$(${indented(awsCallOf(shell, 'servicediscovery list-services', '"$1"', 'length(Services)'))})
    if [ "$count" = 0 ]; then return 0; fi
    looks=$((looks - 1))
    sleep ${PAUSE_SECONDS}
  done
  echo 'The namespace still has services.' >&2
  return 1
}`

const indented = (call: string) => call.replaceAll('\n', '\n      ')

export function functionText(name: FunctionName, shell: Shell): string {
  switch (name) {
    case 'answer':
      return answer
    case 'wait_operation':
      return waitOperation(shell)
    case 'wait_no_instances':
      return waitNoInstances(shell)
    case 'wait_namespace_empty':
      return waitNamespaceEmpty(shell)
    case 'wait_rolled_back':
      return waitRolledBack(shell)
  }
}
