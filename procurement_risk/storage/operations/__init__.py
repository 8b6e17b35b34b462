"""What may be asked of a store, by idea: functions that take its ``Database``."""
