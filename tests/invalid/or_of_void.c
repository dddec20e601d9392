void g(void);
int f(int n)
{
    return n || g(); //~ ERROR FH1204
}
