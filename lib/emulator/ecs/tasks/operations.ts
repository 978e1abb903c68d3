import { describeTasks, listTasks } from './read-tasks'
import { runTask } from './run-task'
import { stopTask } from './stop-task'

/** The operations on tasks. */
export const taskOperations = {
  RunTask: runTask,
  StopTask: stopTask,
  DescribeTasks: describeTasks,
  ListTasks: listTasks,
}
