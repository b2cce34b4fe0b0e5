// Songs are recommended for a `MoodDistribution`: whoever imports this module can name it.
@_exported public import MoodValues
