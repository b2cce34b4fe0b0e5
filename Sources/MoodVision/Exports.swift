// A reading is a `MoodDistribution`: whoever imports this module can name it.
@_exported public import MoodValues
