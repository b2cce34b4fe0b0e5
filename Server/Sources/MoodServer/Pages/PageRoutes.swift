import HTTPTypes
import Hummingbird
import MoodRecommend
import MoodVision

extension Routes {
  /// The pages, and what they are made of.
  var pageRoutes: [Route] {
    [
      Route(.get, "/") { _, context in
        let listener = context.listener ?? Listener()
        return remembering(listener, context, pages.index(listener: listener))
      },
      Route(.get, "/static/app.js", isOpen: true) { _, _ in
        asset(PackageResources.app_js, "text/javascript; charset=utf-8")
      },
      Route(.get, "/static/style.css", isOpen: true) { _, _ in
        asset(PackageResources.style_css, "text/css; charset=utf-8")
      },
      Route(.post, "/upload", upload),
      Route(.get, "/history", history),
      Route(.post, "/feedback") { request, context in
        let form = try await reader.form(of: request)
        let listener = try ownListener(form, context)
        try await songs.record(Self.verdict(form.fields), listener: listener.id)
        if request.headers[.fragment] != nil { return Response(status: .noContent) }
        return Response(status: .seeOther, headers: [.location: "/history?said=thanks"])
      },
      Route(.post, "/forget") { request, context in
        let form = try await reader.form(of: request)
        try await songs.forget(listener: ownListener(form, context).id)
        return Response(
          status: .seeOther,
          headers: [.location: "/history?said=forgotten", .setCookie: Listener.clearCookie])
      },
    ]
  }

  /// The listener whose cookie and form token came together.
  private func ownListener(
    _ form: ImageForm, _ context: ServerContext
  ) throws(ServerError) -> Listener {
    guard let listener = context.listener, listener.accepts(form.fields["token"]) else {
      throw .forbidden
    }
    return listener
  }

  @Sendable private func upload(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let form = try await reader.form(of: request)
    let listener = context.listener == nil ? Listener() : try ownListener(form, context)
    let wishes = try wishes(request, form)
    let photo = try await read(form, context, explains: form.fields["why"] != nil)
    let songs = try await songs.songs(
      for: photo.reading.distribution, wishes: wishes, listener: listener.id)
    let isFragment = request.headers[.fragment] != nil
    return remembering(
      listener, context, pages.result(photo, songs, listener: listener, isFragment: isFragment))
  }

  @Sendable private func history(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let listener = context.listener ?? Listener()
    let entries = try await songs.history(listener: listener.id, limit: 100)
    let said = request.uri.queryParameters["said"].map(String.init)
    let message =
      said == "thanks" || said == "forgotten" ? said.flatMap { PageStrings.all[$0] } : nil
    return remembering(
      listener, context, pages.history(entries, message: message, listener: listener))
  }
}
