import MoodRecommend

/// Every word that the pages say, in one place for translation.
enum PageStrings {
  /// The texts by the name that the templates use.
  static let all: [String: String] = [
    "title": "Music recommendation system based on mood",
    "uploadTitle": "Upload face image",
    "choose": "A photo of a face, JPEG or PNG, at most 20 MiB",
    "upload": "Upload", "uploadWhy": "Upload, and show why",
    "why": "Show why", "whyWorking": "Asking the network …",
    "heatImage": "The part of the photo that was looked at, with red and blue places",
    "heat":
      "Red places spoke for the mood, blue ones against it. It shows what moved the network, not "
      + "what you feel.",
    "dropHint": "You can also drop a photo here, or paste one.",
    "privacy":
      "Your photo is read in this program's memory and then gone: it is not stored, not logged, "
      + "and sent nowhere else.",
    "notice":
      "A program guesses what mood a face shows to others. It does not know what you feel, and it "
      + "is often wrong. Not for use at work, at school or on people who have not agreed.",
    "cameraTitle": "Camera", "camera": "Use the camera", "cameraStop": "Stop the camera",
    "take": "Take the photo",
    "live": "Live mode",
    "cameraDenied":
      "The camera was not allowed. You can allow it in the browser's settings for this page, or "
      + "choose a photo.",
    "cameraMissing": "No camera was found. Choose a photo instead.",
    "cameraWaiting": "The browser is asking whether this page may use the camera.",
    "cameraSilent":
      "The camera did not answer. Look for a question beside the address, or choose a photo.",
    "cameraInsecure":
      "Browsers give the camera only to pages with https or on this machine (localhost).",
    "cameraOn": "The camera is on.", "cameraOff": "The camera is off.",
    "working": "Reading the photo …", "done": "The answer is below.",
    "networkError": "The server did not answer. Is it still running?",
    "notImage": "That is not a JPEG or PNG photo.",
    "cropTitle": "Where to look",
    "cropHint":
      "Put the square around a face, from the chin to the forehead. Without it, the largest face "
      + "that is found is read.",
    "cropX": "From the left", "cropY": "From the top", "cropSize": "Size",
    "cropUse": "Read the face in this square",
    "goal": "The music should", "genre": "Genre", "anyGenre": "any",
    "noFace":
      "No face was found in this photo. Try another one, or put the square around the face.",
    "resultTitle": "Recommended song", "moodTitle": "Mood", "chart": "Probability of each mood",
    "notSure": "Not sure; perhaps", "looksLike": "The face looks",
    "faceFound": "A face was found, and looked at.",
    "wholePhoto": "The chosen part of the photo, or all of it, was looked at.",
    "plane": "The mood between unpleasant and pleasant, calm and excited",
    "pleasant": "pleasant", "unpleasant": "unpleasant", "excited": "excited", "calm": "calm",
    "songName": "Song name", "songAlbum": "Song album", "songArtist": "Song artist",
    "songLink": "Song Spotify link", "listen": "Listen on Spotify",
    "player": "Play here (loads from Spotify)",
    "like": "Like", "dislike": "Dislike", "skip": "Skip", "notMyMood": "That’s not my mood",
    "myMood": "I would rather say",
    "thanks": "Noted.", "songs": "More songs", "noSongs": "No song of the catalogue fits.",
    "again": "Another photo", "history": "History",
    "historyEmpty": "Nothing yet: say what you think of a song, and it stands here.",
    "forget": "Forget me", "forgotten": "All about you is forgotten.",
    "forgetHint": "Removes your history and feedback, and the cookie that links them to you.",
    "failure": "That did not work", "back": "Back", "skipLink": "Skip to the content",
    "liveTitle": "Mood of the last minute", "when": "When", "what": "What", "song": "Song",
  ]

  /// A mood as an adjective.
  static func name(_ mood: Mood) -> String {
    switch mood {
    case .angry: "angry"
    case .disgust: "disgusted"
    case .fear: "afraid"
    case .happy: "happy"
    case .neutral: "neutral"
    case .sad: "sad"
    case .surprise: "surprised"
    }
  }

  /// A goal, after "The music should".
  static func name(_ goal: Goal) -> String {
    switch goal {
    case .classic: "answer my mood"
    case .match: "sound like my mood"
    case .lift: "lift my mood"
    case .calm: "calm me down"
    case .energise: "give me energy"
    }
  }

  /// An event of the history.
  static func name(event: String) -> String {
    switch event {
    case "like": "liked"
    case "dislike": "disliked"
    case "skip": "skipped"
    case "play": "heard"
    case "rating": "rated"
    case "not_my_mood": "not my mood"
    default: event
    }
  }
}
