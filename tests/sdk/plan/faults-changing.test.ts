import { describeFaults } from '../../support/fault-matrix'

describeFaults('changing', { verb: 'Changing', atLeast: 100 })
