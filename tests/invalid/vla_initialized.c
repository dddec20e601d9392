void f(int n)
{
    int a[n] = {1}; //~ ERROR FH1208
}
