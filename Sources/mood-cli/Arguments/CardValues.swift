public import ArgumentParser
public import MoodCard
public import MoodRecommend

extension MoodCard.Shape: ExpressibleByArgument {}
extension AnswerLanguage: ExpressibleByArgument {}
