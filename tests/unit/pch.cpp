// The owner of the precompiled header that the unit tests share; it has nothing of its own.
