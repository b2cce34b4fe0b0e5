print("mood")
