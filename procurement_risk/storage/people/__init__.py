"""Who somebody is, what each role may do, and a store that asks both at every call."""
