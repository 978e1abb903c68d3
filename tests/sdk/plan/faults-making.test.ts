import { describeFaults } from '../../support/fault-matrix'

describeFaults('making', { verb: 'Making', atLeast: 400 })
