import { executeCommand } from '../../exec/execute-command'
import { describeTasks, listTasks } from './read-tasks'
import { runTask } from './run-task'
import { stopTask } from './stop-task'

/** The operations on tasks. */
export const taskOperations = {
  RunTask: runTask,
  StopTask: stopTask,
  ExecuteCommand: executeCommand,
  DescribeTasks: describeTasks,
  ListTasks: listTasks,
}
